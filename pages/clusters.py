"""Groups in the space."""

from components.app import frame
from components.views.clusters import clusters

clusters(frame.page("Clusters", "Which groups are there, and would I see them in noise too?"))
