"""Pictures and texts in one space."""

from components.app import frame
from components.kit.texts import how
from components.views.joint_map import joint_map
from components.views.modality_gap import closing_the_gap, texts_by_pictures

found = joint_map(frame.heading("Text and images", "Do pictures and words meet in one space?"))
if found is not None:
    if found.sweep is not None:
        closing_the_gap(found.space, found.sweep, found.share)
    key = found.space.fingerprint[:8]
    texts_by_pictures(found.moved, found.pictures, found.texts.texts, found.texts.pairs, key=key)
    how("modality_gap")
    found.pending.show()
