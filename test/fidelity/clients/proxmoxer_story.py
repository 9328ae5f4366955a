"""One guest's life through proxmoxer. Prints one line per finished step; any surprise ends it with a traceback."""

import os
import sys
import time

from proxmoxer import ProxmoxAPI
from proxmoxer.core import AuthenticationError, ResourceException

HOST, PORT, CA, PASSWORD = sys.argv[1:5]
STORY = {}


def connect(password):
    return ProxmoxAPI(HOST, port=int(PORT), user="root@pam", password=password, verify_ssl=CA)


def step(function):
    STORY[function.__name__] = function
    return function


def finish(api, upid, wanted="OK"):
    """Waits for a task and demands that it ended so."""
    node = upid.split(":")[1]
    while True:
        status = api.nodes(node).tasks(upid).status.get()
        if status["status"] == "stopped":
            assert status["exitstatus"] == wanted, (status, api.nodes(node).tasks(upid).log.get())
            return
        time.sleep(0.02)


def refused(call, status, text):
    """Demands an error with that status and text."""
    try:
        call()
    except ResourceException as error:
        assert error.status_code == status, error
        assert text in str(error), error
        return error
    raise AssertionError(f"not refused: {text}")


@step
def login(api):
    assert api.version.get()["release"] in ("8.4", "9.2")
    try:
        connect("wrong")
    except AuthenticationError:
        return
    raise AssertionError("a wrong password was taken")


@step
def create(api):
    node = api.nodes("pve1")
    finish(api, node.qemu.post(vmid=100, name="first", memory=256, scsi0="local:1,format=qcow2", net0="virtio,bridge=vmbr0"))
    config = node.qemu(100).config.get()
    assert config["memory"] == "256" and "size=1G" in config["scsi0"], config
    assert config["net0"].startswith("virtio=BC:24:11:"), config
    assert any(guest["vmid"] == 100 for guest in node.qemu.get())


@step
def clone(api):
    node = api.nodes("pve1")
    finish(api, node.qemu(9000).clone.post(newid=101, name="linked"))
    assert "base-9000-disk-0" in node.qemu(101).config.get()["scsi0"]
    finish(api, node.qemu(100).clone.post(newid=102, name="full", full=1))
    assert "vm-102-disk-0" in node.qemu(102).config.get()["scsi0"]


@step
def config(api):
    guest = api.nodes("pve1").qemu(100)
    assert guest.config.put(cores=2, description="a line\nand another", tags="a;b") is None
    assert guest.config.get()["cores"] == 2
    finish(api, guest.config.post(delete="tags"))
    assert "tags" not in guest.config.get()
    assert {"key", "value"} <= set(guest.pending.get()[0])


@step
def start(api):
    guest = api.nodes("pve1").qemu(100)
    finish(api, guest.status.start.post())
    assert guest.status.current.get()["status"] == "running"
    finish(api, guest.status.start.post(), "VM 100 already running")
    refused(guest.delete, 500, "VM 100 is running - destroy failed")


@step
def snapshot(api):
    guest = api.nodes("pve1").qemu(100)
    finish(api, guest.status.stop.post())
    finish(api, guest.snapshot.post(snapname="before"))
    assert guest.config.put(cores=4) is None
    finish(api, guest.snapshot("before").rollback.post())
    assert guest.config.get()["cores"] == 2
    assert [each["name"] for each in guest.snapshot.get()] == ["before", "current"]
    finish(api, guest.snapshot("before").delete())


@step
def resize(api):
    guest = api.nodes("pve1").qemu(100)
    finish(api, guest.resize.put(disk="scsi0", size="+1G"))
    assert "size=2G" in guest.config.get()["scsi0"]


@step
def move(api):
    guest = api.nodes("pve1").qemu(100)
    finish(api, guest.move_disk.post(disk="scsi0", storage="nas", delete=1))
    assert guest.config.get()["scsi0"].startswith("nas:100/")


@step
def upload(api):
    path = os.path.join(os.environ["STORY_FOLDER"], "small.iso")
    with open(path, "wb") as file:
        file.write(b"\0" * 65536)
    with open(path, "rb") as file:
        finish(api, api.nodes("pve1").storage("local").upload.post(content="iso", filename=file))
    content = api.nodes("pve1").storage("local").content
    assert any(each["volid"] == "local:iso/small.iso" for each in content.get(content="iso"))
    finish(api, content("local:iso/small.iso").delete())


@step
def errors(api):
    node = api.nodes("pve1")
    refused(node.qemu(150).config.get, 500, "Configuration file 'nodes/pve1/qemu-server/150.conf' does not exist")
    refused(lambda: node.qemu.post(vmid=100), 500, "unable to create VM 100")
    error = refused(lambda: node.qemu.post(vmid=150, cores="many", nonsense=1), 400, "Parameter verification failed.")
    assert set(error.errors) == {"cores", "nonsense"}, error.errors
    refused(lambda: api("no").such("path").get(), 501, "not implemented")
    refused(lambda: api.cluster.nextid.get(vmid=100), 400, "Parameter verification failed.")
    assert api.cluster.nextid.get() == "103"


@step
def delete(api):
    node = api.nodes("pve1")
    for vmid in (100, 101, 102):
        finish(api, node.qemu(vmid).delete(purge=1))
    assert [guest["vmid"] for guest in node.qemu.get()] == [9000]


def main():
    api = connect(PASSWORD)
    for name, function in STORY.items():
        function(api)
        print(name, flush=True)


main()
