"""How far a map can be trusted."""

from components.app import frame
from components.trust.page import trust_page

trust_page(frame.page("Trust", "Which parts of this map can be believed, and which are an accident of drawing?"))
