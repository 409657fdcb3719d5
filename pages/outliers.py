"""What does not fit, is labelled wrongly, or is there twice."""

from components.app import frame
from components.kit.caveats import alone
from components.views.near_duplicates import near_duplicates
from components.views.outliers import outliers
from components.views.wrong_labels import wrong_labels

page = frame.page("Outliers", "What does not belong here, is labelled wrongly, or is there twice?")
views = {"Outliers": outliers, "Possible wrong labels": wrong_labels, "Near-duplicates": near_duplicates}
frame.one_of(page, "Look for", views if len(page.space) > 1 else dict.fromkeys(views, alone), key="look_for")
