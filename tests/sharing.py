"""How the processes of `pytest -n 2` share the tests: one drives the browser, one the pages, both then the core."""

from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

FOLDERS = ("browser", "app", "core")
# These take from ten seconds to a minute, however few tests they have: they start processes, or compile, draw or load.
SLOW = (
    "test_jobs", "test_projections", "test_trust_seeds", "test_analogy_jobs", "test_store_tables", "test_computations",
    "test_scenes_clip", "test_samples", "test_docs", "test_layers", "test_encoders_contract",
)  # fmt: skip


class Sharing(LoadScopeScheduling):
    """A process gets one file at a time, of its own folder as long as there is one.

    The browser needs a server and pages a cluster of workers, so a process that has none of these goes on with the core
    before it helps the other. What is slow comes first, so that neither waits long for the other at the end.
    """

    def _split_scope(self, nodeid):
        return nodeid.split("::")[0]

    def _assign_work_unit(self, node):
        had = {_folder(scope) for scope in self.assigned_work[node]}
        begun = {_folder(scope) for work in self.assigned_work.values() for scope in work}
        given = min(self.workqueue, key=lambda scope: (*_preference(_folder(scope), had, begun), _slowness(scope)))
        self.workqueue.move_to_end(given, last=False)
        super()._assign_work_unit(node)


def _folder(name):
    return next((folder for folder in FOLDERS if f"tests/{folder}" in name), "core")


def _slowness(scope):
    name = Path(scope).stem
    return SLOW.index(name) if name in SLOW else len(SLOW)


def _preference(folder, had, begun):
    """What comes next is of the kind a process is at; first of all what no other has begun."""
    if not had:
        return folder in begun, FOLDERS.index(folder)
    return folder not in had, folder != "core"
