/** The commands of a node that are answered by the emulator itself. */
export const nodeCommands = ["qm", "pvesm", "pvesh", "pveum", "pvecm", "pveversion", "systemctl"] as const;

/** Where a node finds the emulator: a folder of this machine, mounted into its root. */
export const meetingFolder = "/run/coppice";

/**
 * A command's program: hands its arguments to the emulator and prints what comes back. Frames are one byte (1 standard
 * output, 2 standard error, 3 exit code), four bytes of length, and the text. Only modules of perl-base are used.
 */
export const commandScript = `#!/usr/bin/perl
use strict;
use warnings;
use Socket;
use Cwd ();
my ($name) = $0 =~ m{([^/]+)$};
socket(my $to, PF_UNIX, SOCK_STREAM, 0) or die "$name: socket: $!\\n";
connect($to, sockaddr_un("${meetingFolder}/commands")) or die "$name: the emulator does not answer: $!\\n";
binmode $_ for $to, *STDOUT, *STDERR;
my $say = join("\\0", $name, $<, Cwd::getcwd() // "/", @ARGV);
syswrite $to, pack("N", length $say) . $say;
sub take { my ($n) = @_; my $got = ""; while (length $got < $n) { sysread($to, $got, $n - length $got, length $got) or exit 255 } $got }
while (1) {
    my ($kind, $length) = unpack("CN", take(5));
    exit $length if $kind == 3;
    my $text = take($length);
    if ($kind == 1) { $| = 1; print STDOUT $text } else { print STDERR $text }
}
`;

/**
 * qemu-img as a node has it. Each run is noted for the counters, and reading commands share the image, because
 * Proxmox builds qemu-img with locking off where Debian's build locks (pve-qemu, patch "change locking default to off").
 */
export const qemuImgScript = `#!/bin/sh
printf '%s\\t%s\\n' "$PWD" "$*" 2>/dev/null >>${meetingFolder}/qemu-img
case "$1" in
info|map|measure|compare) command=$1; shift; exec /usr/lib/coppice/qemu-img "$command" -U "$@" ;;
esac
exec /usr/lib/coppice/qemu-img "$@"
`;
