# First part of the program on a node (node-program.pl follows it in one text): the removal of a stopped machine of ours,
# and what names a number outside of its machine's configuration. docs/decisions/0021 says what is left to Proxmox's own
# removal and why.

use strict;
use warnings;
use Fcntl qw(:DEFAULT :flock);

# Where a node has what is looked at: { pve, locks, run, images, storage, pool, marker, read } (node-program.pl,
# where_things_are). `read` gives the text of a file of the cluster, `pool` is the one that machines are taken out of later.

sub slurp_if_there {
    my ($path) = @_;
    return -e $path ? slurp($path) : "";
}

# Reads each file once: for a batch of numbers that nobody has. What is removed is looked at anew under its lock.
my %read_before;
sub slurp_once { my ($path) = @_; return $read_before{$path} //= slurp_if_there($path); }

# What names a number in the cluster's files, its pool apart, as Proxmox's own removal looks for it: the next machine of
# that number would inherit it.
sub traces_of {
    my ($at, $vmid) = @_;
    my $read = sub { $at->{read}->("$at->{pve}/$_[0]") };
    my $number = qr/(?<![\d.])$vmid(?![\d.])/;
    return "rights are given on /vms/$vmid" if $read->("user.cfg") =~ m{^acl:[^:]*:/*vms/+$vmid/*:}m;
    return "HA names it" if grep { $read->("ha/$_") =~ /\bvm:\s*$vmid\b/ } "resources.cfg", "rules.cfg";
    return "a replication job names it" if $read->("replication.cfg") =~ /^\w+:\s*$vmid-\d/m;
    return "a backup job names it"
        if $read->("jobs.cfg") =~ /^\s+(?:vmid|exclude)\s.*$number/m || $read->("vzdump.cron") =~ $number;
    return "it has firewall rules" if -e "$at->{pve}/firewall/$vmid.fw";
    return "";
}

# The pool that a number is a member of, whether a machine has it or not.
sub pool_of {
    my ($at, $vmid) = @_;
    my $text = $at->{read}->("$at->{pve}/user.cfg");
    while ($text =~ /^pool:([^:]*):[^:]*:([^:]*):/mg) {
        my ($pool, $members) = ($1, $2);
        return $pool if grep { $_ eq $vmid } split /[,;\s]+/, $members;
    }
    return "";
}

# A number without a machine may have come into another pool since: that is nothing of ours.
sub own_pool_of {
    my ($at, $vmid) = @_;
    return pool_of($at, $vmid) eq $at->{pool} ? $at->{pool} : "";
}

# A machine's configuration: its notes and its values. Snapshots, pending changes and whatever else is no plain line end
# it with the reason why.
sub parse_machine {
    my ($text) = @_;
    my (@notes, %values);
    for my $line (split /\n/, $text) {
        if ($line =~ /^#/) { push @notes, $line; }
        elsif ($line =~ /^\[/) { die "it has snapshots, or changes that wait\n"; }
        elsif ($line =~ /^([a-z][a-z_\-]*\d*):\s*(.+?)\s*$/) { $values{$1} = $2; }
        elsif ($line =~ /\S/) { die "its configuration has a line that is not understood\n"; }
    }
    return (\@notes, \%values);
}

# Notes that name two things of ours prove neither (ownership/owner-of.ts).
sub carries {
    my ($notes, $own_line) = @_;
    my ($start) = $own_line =~ m{^(.+/)};
    my %ours = map { s/\s+$//r => 1 } grep { index($_, $start) == 0 } @$notes;
    return keys %ours == 1 && $ours{$own_line};
}

sub is_on { my ($value) = @_; return defined $value && $value !~ /^(?:0|no|off|false)$/i; }

# The files of a machine's disks, all of which lie in its own folder of our storage: path => whether it has to be there.
sub own_files {
    my ($at, $vmid, $values) = @_;
    my %files;
    for my $key (sort keys %$values) {
        die "it has unused disks\n" if $key =~ /^unused\d+$/;
        die "it has a saved memory\n" if $key eq "vmstate";
        if ($key !~ /^(?:ide|sata|scsi|virtio|efidisk|tpmstate)\d+$/) {
            die "'$key' names a disk\n" if $key ne "name" && $values->{$key} =~ /\b(?:vm|base|subvol)-\d+-/;
            next;
        }
        my ($volume) = $values->{$key} =~ /^(?:file=)?([^,]*)/;
        my $is_drive = $volume =~ m{[:/](?:vm-\d+-)?cloudinit(?:\.\w+)?$};    # Proxmox makes it at the first start
        next if $values->{$key} =~ /,media=cdrom\b/ && !$is_drive;
        my ($from, $file) = $volume =~
            m{^\Q$at->{storage}\E:(?:(\d+/base-\d+-[a-z0-9-]+\.\w+)/)?$vmid/(vm-$vmid-[a-z0-9-]+\.(?:qcow2|raw|vmdk))$}
            or die "'$key' is no file of its own on storage '$at->{storage}'\n";
        # A storage that is not mounted has no bases either.
        die "the base of '$key' is not there\n" if defined $from && !-e "$at->{images}/$from";
        $files{"$at->{images}/$vmid/$file"} = !$is_drive;
    }
    return \%files;
}

# Addresses that a virtual network hands out are given back by Proxmox, to whatever keeps them (delete_ifaces_ipams_ips).
sub has_leases {
    my ($at, $values) = @_;
    my (%has_ipam, %zone_of);
    for my $section (sections("$at->{pve}/sdn/zones.cfg")) {
        my ($zone) = $section =~ /^\w+:\s*(\S+)/ or next;
        $has_ipam{$zone} = $section =~ /^\s+ipam\s/m;
    }
    for my $section (sections("$at->{pve}/sdn/vnets.cfg")) {
        my ($vnet, $zone) = $section =~ /^vnet:\s*(\S+).*?^\s+zone\s+(\S+)/ms or next;
        $zone_of{$vnet} = $zone;
    }
    for my $key (grep { /^net\d+$/ } keys %$values) {
        my ($bridge) = $values->{$key} =~ /(?:^|,)bridge=([^,]+)/ or next;
        return 1 if defined $zone_of{$bridge} && $has_ipam{ $zone_of{$bridge} };
    }
    return 0;
}

sub sections { my ($path) = @_; return split /^(?=\S)/m, slurp_if_there($path); }

# Looks at a machine whose lock is held. Answers its files, and whether an earlier removal of ours has begun; ends with
# the reason why its removal is left to Proxmox.
sub judge_machine {
    my ($at, $vmid, $text, $own_line) = @_;
    my ($notes, $values) = parse_machine($text);
    die "it does not carry our mark\n" unless carries($notes, $own_line);
    my $lock = $values->{lock} // "";
    die "it is locked ($lock)\n" if $lock ne "" && $lock ne "destroyed";
    die "it is protected\n" if is_on($values->{protection});
    die "it is a template\n" if is_on($values->{template});
    die "it runs\n" if -e "$at->{run}/$vmid.pid";
    my $files = own_files($at, $vmid, $values);
    my @missing = grep { $files->{$_} && !-e $_ } sort keys %$files;
    die "a disk of it is not there\n" if @missing && $lock eq "";
    die "its folder holds other files\n" if other_files($at, $vmid, $files);
    die "an address is kept for it\n" if has_leases($at, $values);
    my $trace = traces_of($at, $vmid);
    die "$trace\n" if $trace ne "";
    my $pool = pool_of($at, $vmid);
    die "pool $pool has it as a member\n" if $pool ne "" && $pool ne $at->{pool};
    return ([sort keys %$files], $lock eq "destroyed");
}

sub other_files {
    my ($at, $vmid, $files) = @_;
    my $folder = "$at->{images}/$vmid";
    opendir(my $dir, $folder) or return 0;
    return scalar grep { !/^\.\.?$/ && $_ ne $at->{marker} && !exists $files->{"$folder/$_"} } readdir $dir;
}

# Whoever changes a machine's configuration holds this lock (qemu-server, QemuConfig.pm). It is not waited for.
sub lock_machine {
    my ($at, $vmid) = @_;
    mkdir "$at->{locks}/qemu-server", 0755;
    my $path = "$at->{locks}/qemu-server/lock-$vmid.conf";
    sysopen(my $lock, $path, O_RDWR | O_CREAT | O_NOFOLLOW, 0644) or die "cannot open $path: $!\n";
    return flock($lock, LOCK_EX | LOCK_NB) ? $lock : undef;
}

# From here on the machine is on its way out, whoever looks at it. This is the first change: a cluster without quorum
# refuses it, and nothing has been lost. A temporary file would stay behind where a program is killed.
sub announce {
    my ($path, $text) = @_;
    my $line = ($text =~ /\n\z/ ? "" : "\n") . "lock: destroyed\n";
    sysopen(my $out, $path, O_WRONLY | O_APPEND) or die "cannot open $path: $!\n";
    syswrite($out, $line) == length $line or die "cannot write $path: $!\n";
    close $out or die "cannot write $path: $!\n";
}

# The configuration goes last: as long as it is there, the number is nobody else's, and it says whose the rest is.
sub take_away {
    my ($at, $vmid, $path, $files) = @_;
    for my $file (@$files, "$at->{images}/$vmid/$at->{marker}") {
        unlink $file or $!{ENOENT} or die "cannot remove $file: $!\n";
    }
    rmdir "$at->{images}/$vmid";
    unlink $path or die "cannot remove $path: $!\n";
}

# Removes a machine that is plainly ours and plain. Answers the word and the detail of its answer line.
sub remove_machine {
    my ($at, $vmid, $path, $own_line) = @_;
    my $lock = lock_machine($at, $vmid) or return ("left", "somebody holds its lock");
    return has_guest($vmid) ? ("left", "it is on another node") : ("ok", own_pool_of($at, $vmid)) if !-e $path;
    my $text = slurp($path);
    my ($files, $is_begun) = eval { judge_machine($at, $vmid, $text, $own_line) };
    if (!$files) {
        chomp(my $why = $@);
        my $is_half = $text =~ /^lock: destroyed$/m && $text =~ /^\Q$own_line\E$/m;    # Proxmox would refuse it
        return $is_half ? ("fail", "its removal has begun, and $why") : ("left", $why);
    }
    announce($path, $text) if !$is_begun;
    take_away($at, $vmid, $path, $files);
    return ("ok", own_pool_of($at, $vmid));
}

