# Sixth part of the program on a node: the removal of stopped machines of ours. docs/decisions/0021 says what is left to
# Proxmox's own removal and why.
#
# The order of the changes is what a power cut leaves. The disks go first and reach the storage (`sync`) before the
# configuration goes: while it is there the number is nobody else's, and `lock: destroyed` in it says whose the rest is
# and that the next run has to finish it. The other way round, or without the sync, a cut could bring back disks that no
# configuration names and no marker claims, since the cluster's files and the storage are written down independently; with
# several nodes another one has even kept that the configuration is gone. What the cluster's files lose by a cut does no
# harm: without `lock: destroyed` the machine is one whose disks are missing, and Proxmox removes it; a configuration that
# comes back has no disks, and the next removal finishes it.

use strict;
use warnings;

# Machines without disks, whose configurations are still there: a sync is shared by as many. Each holds a lock, a file
# that is open.
my @going;
use constant MOST_GOING => 100;

sub has_most_going { return @going >= MOST_GOING; }

# Notes that name two things of ours prove neither (ownership/owner-of.ts).
sub carries {
    my ($notes, $own_line) = @_;
    my ($start) = $own_line =~ m{^(.+/)};
    my %ours = map { s/\s+$//r => 1 } grep { index($_, $start) == 0 } @$notes;
    return keys %ours == 1 && $ours{$own_line};
}

# The files of a machine's disks, all of which lie in its own folder of our storage: path => whether it has to be there.
sub own_files {
    my ($vmid, $values) = @_;
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
            m{^\Q$storage\E:(?:(\d+/base-\d+-[a-z0-9-]+\.\w+)/)?$vmid/(vm-$vmid-[a-z0-9-]+\.(?:qcow2|raw|vmdk))\z}
            or die "'$key' is no file of its own on storage '$storage'\n";
        # A storage that is not mounted has no bases either.
        die "the base of '$key' is not there\n" if defined $from && !is_there("$images/$from");
        my $path = folder_of($vmid) . "/$file";
        # The name of a link would go, and the disk that it leads to stay.
        die "'$key' is a link, or no plain file\n" if is_there($path) && !-f _;
        $files{$path} = !$is_drive;
    }
    return \%files;
}

# Looks at a machine whose lock is held. Answers its files, and whether an earlier removal of ours has begun; ends with
# the reason why its removal is left to Proxmox.
sub judge_machine {
    my ($vmid, $text, $own_line) = @_;
    my ($notes, $values) = parse_machine($text);
    die "it does not carry our mark\n" unless carries($notes, $own_line);
    my $state = $values->{lock} // "";
    die "it is locked ($state)\n" if $state ne "" && $state ne "destroyed";
    die "it is protected\n" if is_on($values->{protection});
    die "it is a template\n" if is_on($values->{template});
    die "it runs\n" if is_there("$run/$vmid.pid");
    # That disks are gone is only told by the folder that they were in.
    assert_storage();
    is_there($images) or die "$images is not there\n";
    die "its folder is a link, or none\n" if is_there(folder_of($vmid)) && !-d _;
    my $files = own_files($vmid, $values);
    my @missing = grep { $files->{$_} && !is_there($_) } sort keys %$files;
    die "a disk of it is not there\n" if @missing && $state eq "";
    die "its folder holds other files\n" if other_files($vmid, $files);
    die "an address is kept for it\n" if has_leases($values);
    my $trace = traces_of(\&slurp_if_there, $vmid);
    die "$trace\n" if $trace ne "";
    my $member_of = pool_of(\&slurp_if_there, $vmid);
    die "pool $member_of has it as a member\n" if $member_of ne "" && $member_of ne $pool;
    return ([sort keys %$files], $state eq "destroyed");
}

sub other_files {
    my ($vmid, $files) = @_;
    my $folder = folder_of($vmid);
    return scalar grep { $_ ne $marker_file && !exists $files->{"$folder/$_"} } names_in($folder);
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

# Takes the disks of a machine that is plainly ours and plain; its configuration goes after the next sync. Answers the
# word and the detail of its answer line, or nothing where that comes later.
sub remove_machine {
    my ($key, $vmid, $own_line) = @_;
    my $path = config_of($vmid);
    die "'$own_line' is not a line of our mark\n" unless $own_line =~ m{^#[^/]*(?<![0-9a-z])$mark/.};
    my $held = lock_machine($vmid) // return ("left", "somebody holds its lock");
    return removed_before($vmid, $path) if !is_there($path);
    my $text = slurp($path);
    my ($files, $is_begun) = eval { judge_machine($vmid, $text, $own_line) };
    if (!$files) {
        chomp(my $why = $@);
        my $is_half = $text =~ /^lock: destroyed$/m && $text =~ /^\Q$own_line\E$/m;    # Proxmox would refuse it
        return $is_half ? ("fail", "its removal has begun, and $why") : ("left", $why);
    }
    announce($path, $text) if !$is_begun;
    remove_file($_) for @$files, marker_of($vmid);
    rmdir folder_of($vmid);
    push @going, { key => $key, vmid => $vmid, path => $path, held => $held };
    return;
}

# A number without a configuration here, which only the folder of configurations can tell.
sub removed_before {
    my ($vmid, $path) = @_;
    my ($folder) = $path =~ m{^(.+)/};
    is_there($folder) or die "$folder is not there\n";
    return has_guest($vmid) ? ("left", "it is on another node") : ("ok", own_pool_of($vmid));
}

# The disks are gone for good: so may the configurations. Answered when all of them are: an answer that nobody takes any
# more ends the program, and Proxmox would refuse to remove the others. Where it is not known that the disks are gone,
# nothing else is done.
sub finish_removals {
    return if !@going;
    my @gone = splice @going;
    my @answers;
    my $is_synced = eval {
        run("sync", "-f", $images);
        assert_storage();    # where it went meanwhile, disks were not there for no other reason
        1;
    };
    if (!$is_synced) {
        my $why = $@;
        answer("fail", $_->{key}, "its removal has begun, and $why") for @gone;
        die $why;
    }
    for my $machine (@gone) {
        my ($key, $vmid, $path) = @$machine{"key", "vmid", "path"};
        my $detail = eval {
            unlink $path or die "cannot remove $path: $!\n";
            own_pool_of($vmid);
        };
        push @answers, defined $detail ? ["ok", $key, $detail] : ["fail", $key, $@];
        close $machine->{held};
    }
    answer(@$_) for @answers;
}
