// Both of Packer's builders for Proxmox, driven as Packer drives them, without its own program around them: a template
// from an ISO that is uploaded and typed at, and one from a clone that is provisioned by SSH. Prints each step it did.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/hashicorp/packer-plugin-proxmox/builder/proxmox/clone"
	"github.com/hashicorp/packer-plugin-proxmox/builder/proxmox/iso"
	"github.com/hashicorp/packer-plugin-sdk/packer"
)

// stage is what the emulator is told to be found by.
type stage struct {
	url, password, folder, isoFile, sshPort, sshKey string
}

type settings map[string]interface{}

// provision stands for a provisioner: one command where there is a way in.
type provision struct{ name string }

func (p provision) Run(ctx context.Context, _ string, ui packer.Ui, comm packer.Communicator, _ interface{}) error {
	command := &packer.RemoteCmd{Command: "hostname"}
	if err := comm.Start(ctx, command); err != nil {
		return err
	}
	if code := command.Wait(); code != 0 {
		return fmt.Errorf("the provisioner ended with %d", code)
	}
	fmt.Println(p.name + " provisioned")
	return nil
}

func (s stage) common(name string) settings {
	return settings{
		"packer_build_name": name,
		"proxmox_url":       s.url + "/api2/json",
		"username":          "root@pam",
		"password":          s.password,
		"node":              "pve1",
		"task_timeout":      "60s",
		"boot_wait":         "1ms",
		"boot_key_interval": "1ms",
		"http_bind_address": "127.0.0.1",
		"pool":              "images",
		"scsi_controller":   "virtio-scsi-single",
		"network_adapters":  []settings{{"bridge": "vmbr0", "model": "virtio", "firewall": true}},
	}
}

func with(base settings, more settings) settings {
	for key, value := range more {
		base[key] = value
	}
	return base
}

func (s stage) fromISO() settings {
	return with(s.common("from-iso"), settings{
		"vm_name":                 "from-iso",
		"vm_id":                   400,
		"memory":                  512,
		"cores":                   2,
		"os":                      "l26",
		"iso_url":                 "file://" + s.isoFile,
		"iso_checksum":            "none",
		"iso_storage_pool":        "local",
		"unmount_iso":             true,
		"cloud_init":              true,
		"cloud_init_storage_pool": "local",
		"template_description":    "built from an ISO",
		"communicator":            "none",
		"boot_command":            []string{"<esc><wait1ms>auto url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/a.cfg<enter>", "<leftCtrlOn>C<leftCtrlOff>"},
		"disks": []settings{{
			"type": "scsi", "disk_size": "1G", "storage_pool": "local", "storage_pool_type": "directory",
			"format": "qcow2", "io_thread": true, "cache_mode": "writeback",
		}},
	})
}

func (s stage) fromClone() settings {
	return with(s.common("from-clone"), settings{
		"vm_name":              "from-clone",
		"vm_id":                401,
		"clone_vm":             "template-9000",
		"full_clone":           false,
		"template_name":        "cloned-template",
		"communicator":         "ssh",
		"ssh_host":             "127.0.0.1",
		"ssh_port":             s.sshPort,
		"ssh_username":         "root",
		"ssh_private_key_file": s.sshKey,
		"ssh_timeout":          "40s",
	})
}

func build(builder packer.Builder, config settings, said io.Writer) (packer.Artifact, error) {
	if _, _, err := builder.Prepare(config); err != nil {
		return nil, err
	}
	name := config["vm_name"].(string)
	ui := &packer.BasicUi{Reader: strings.NewReader(""), Writer: said, ErrorWriter: os.Stderr}
	hook := &packer.DispatchHook{Mapping: map[string][]packer.Hook{packer.HookProvision: {provision{name}}}}
	artifact, err := builder.Run(context.Background(), ui, hook)
	if err == nil {
		fmt.Println(name + " is template " + artifact.Id())
	}
	return artifact, err
}

func main() {
	arguments := os.Args[1:]
	s := stage{arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]}
	said, err := os.Create(s.folder + "/packer.log")
	if err != nil {
		panic(err)
	}
	runs := []func() (packer.Artifact, error){
		func() (packer.Artifact, error) { return build(&proxmoxiso.Builder{}, s.fromISO(), said) },
		func() (packer.Artifact, error) { return build(&proxmoxclone.Builder{}, s.fromClone(), said) },
	}
	failed := make(chan error, len(runs))
	for _, run := range runs {
		go func() {
			_, err := run()
			failed <- err
		}()
	}
	for range runs {
		if err := <-failed; err != nil {
			fmt.Println("failed:", err)
			defer os.Exit(1)
		}
	}
}
