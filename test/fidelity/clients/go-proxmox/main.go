// One guest's life through go-proxmox. Prints one line per finished step; any surprise ends it.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/luthermonson/go-proxmox"
)

var ctx = context.Background()

func demand(holds bool, format string, values ...any) {
	if !holds {
		panic(fmt.Sprintf(format, values...))
	}
}

func must(err error) {
	demand(err == nil, "%v", err)
}

// finish waits for a task and demands its exit status.
func finish(task *proxmox.Task, err error) { ends(task, err, "OK") }

func ends(task *proxmox.Task, err error, wanted string) {
	must(err)
	must(task.Wait(ctx, 20*time.Millisecond, 20*time.Second))
	demand(task.ExitStatus == wanted, "task %s ended with %q", task.UPID, task.ExitStatus)
}

func refused(err error, text string) {
	demand(err != nil && strings.Contains(err.Error(), text), "wanted %q, got %v", text, err)
}

func guest(node *proxmox.Node, vmid int) *proxmox.VirtualMachine {
	found, err := node.VirtualMachine(ctx, vmid)
	must(err)
	return found
}

func option(name string, value any) proxmox.VirtualMachineOption {
	return proxmox.VirtualMachineOption{Name: name, Value: value}
}

func login(client *proxmox.Client) {
	version, err := client.Version(ctx)
	must(err)
	demand(version.Release == "8.4" || version.Release == "9.2", "release %q", version.Release)
}

func create(node *proxmox.Node) {
	finish(node.NewVirtualMachine(ctx, 100,
		option("name", "first"), option("memory", 256), option("scsi0", "local:1,format=qcow2"),
		option("net0", "virtio,bridge=vmbr0")))
	made := guest(node, 100)
	demand(strings.HasPrefix(made.VirtualMachineConfig.Nets["net0"], "virtio=BC:24:11:"), "net0 %v", made.VirtualMachineConfig.Nets)
}

func clone(node *proxmox.Node) {
	_, task, err := guest(node, 9000).Clone(ctx, &proxmox.VirtualMachineCloneOptions{NewID: 101, Name: "linked"})
	finish(task, err)
	newid, task, err := guest(node, 100).Clone(ctx, &proxmox.VirtualMachineCloneOptions{Full: true, Name: "full"})
	finish(task, err)
	demand(newid == 102, "next id %d", newid)
	demand(strings.Contains(guest(node, 101).VirtualMachineConfig.SCSIs["scsi0"], "base-9000-disk-0"), "no linked clone")
}

func config(node *proxmox.Node) {
	finish(guest(node, 100).Config(ctx, option("cores", 2)))
	finish(guest(node, 100).AddTag(ctx, "go-proxmox+tag"))
	cores := guest(node, 100).VirtualMachineConfig.Cores
	demand(cores != nil && *cores == 2, "cores %v", cores)
	demand(guest(node, 100).HasTag("go-proxmox+tag"), "tag")
}

func start(node *proxmox.Node) {
	finish(guest(node, 100).Start(ctx))
	demand(guest(node, 100).IsRunning(), "not running")
	task, err := guest(node, 100).Start(ctx)
	ends(task, err, "VM 100 already running")
	finish(guest(node, 100).Stop(ctx))
}

func snapshot(node *proxmox.Node) {
	machine := guest(node, 100)
	finish(machine.NewSnapshot(ctx, "before"))
	finish(machine.Snapshot("before").Rollback(ctx))
	all, err := machine.Snapshots(ctx)
	must(err)
	demand(len(all) == 2, "%d snapshots", len(all))
	finish(machine.Snapshot("before").Delete(ctx))
}

func resize(node *proxmox.Node) {
	finish(guest(node, 100).ResizeDisk(ctx, "scsi0", "+1G"))
}

func move(node *proxmox.Node) {
	finish(guest(node, 100).MoveDisk(ctx, "scsi0", &proxmox.VirtualMachineMoveDiskOptions{Storage: "nas", Delete: true}))
	demand(guest(node, 100).VirtualMachineConfig.SCSIs["scsi0"] == "nas:100/vm-100-disk-0.qcow2,size=2G", "moved")
}

// go-proxmox reports only the status line of a 500 and the errors of a 400.
func errors(node *proxmox.Node) {
	_, err := node.VirtualMachine(ctx, 150)
	refused(err, "Configuration file 'nodes/pve1/qemu-server/150.conf' does not exist")
	_, err = node.NewVirtualMachine(ctx, 100)
	refused(err, "unable to create VM 100")
	_, err = node.NewVirtualMachine(ctx, 150, option("cores", "many"))
	refused(err, "cores")
}

func remove(node *proxmox.Node) {
	for _, vmid := range []int{100, 101, 102} {
		finish(guest(node, vmid).Delete(ctx, &proxmox.VirtualMachineDeleteOptions{Purge: true}))
	}
	left, err := node.VirtualMachines(ctx)
	must(err)
	demand(len(left) == 1, "%d guests are left", len(left))
}

func main() {
	client := proxmox.NewClient(os.Args[1]+"/api2/json",
		proxmox.WithRootCAFile(os.Args[2]),
		proxmox.WithCredentials(&proxmox.Credentials{Username: "root@pam", Password: os.Args[3]}))
	login(client)
	fmt.Println("login")
	node, err := client.Node(ctx, "pve1")
	must(err)
	for _, step := range []struct {
		name string
		run  func(*proxmox.Node)
	}{
		{"create", create}, {"clone", clone}, {"config", config}, {"start", start}, {"snapshot", snapshot},
		{"resize", resize}, {"move", move}, {"errors", errors}, {"delete", remove},
	} {
		step.run(node)
		fmt.Println(step.name)
	}
}
