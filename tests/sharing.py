"""How the processes of `pytest -n 2` share the tests: one drives the browser, one the pages, both then the core."""

from xdist.scheduler import LoadScopeScheduling

FOLDERS = ("browser", "app", "core")


class Sharing(LoadScopeScheduling):
    """A process gets one file at a time, of its own folder as long as there is one.

    The browser needs a server and pages a cluster of workers, so a process that has none of these goes on with the core
    before it helps the other.
    """

    def _split_scope(self, nodeid):
        return nodeid.split("::")[0]

    def _assign_work_unit(self, node):
        had = {_folder(scope) for scope in self.assigned_work[node]}
        begun = {_folder(scope) for work in self.assigned_work.values() for scope in work}
        given = min(self.workqueue, key=lambda scope: _preference(_folder(scope), had, begun))
        self.workqueue.move_to_end(given, last=False)
        super()._assign_work_unit(node)


def _folder(name):
    return next((folder for folder in FOLDERS if f"tests/{folder}" in name), "core")


def _preference(folder, had, begun):
    """What comes next is of the kind a process is at; first of all what no other has begun."""
    if not had:
        return folder in begun, FOLDERS.index(folder)
    return folder not in had, folder != "core"
