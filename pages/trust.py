"""How far a map can be trusted."""

from components.app import frame
from components.views.seeds import over_seeds
from components.views.this_map import this_map
from components.views.three_methods import three_methods
from components.views.trust import View, trust_views
from components.views.umap_settings import umap_settings

page = frame.page("Trust", "Which parts of this map can be believed, and which are artefacts?")
wrong = "Which points does this map place wrongly, and who are their true neighbours?"
again = "Would the same picture come out again, or is it an artefact of the random start?"
views = {
    "map": View("This map", wrong, this_map),
    "seeds": View("Over five seeds", again, over_seeds),
    "methods": View("Three methods", "Do three ways of drawing agree about the same items?", three_methods),
    "settings": View("Settings of UMAP", "How much of the picture is made by the settings?", umap_settings),
}
trust_views(page, views)
