module story

go 1.25.0

require github.com/luthermonson/go-proxmox v0.8.0
