"""Groups in the space."""

from components.app import frame
from components.clusters.page import clusters_page

clusters_page(frame.page("Clusters", "Which groups are there, and would I see them in noise too?"))
