# Fifth part of the program on a node: the folders of numbers, and our markers in them. A marker lists the disks that are
# being made, and as long as it does no other file is taken away by it: the storage may be another cluster's too, which
# has numbers of its own.

use strict;
use warnings;

sub folder_of { my ($vmid) = @_; return "$images/$vmid"; }

sub marker_of { my ($vmid) = @_; return folder_of($vmid) . "/$marker_file"; }

# Whether our marker lies in a number's folder. A link may lead into another's.
sub is_ours {
    my ($vmid) = @_;
    return is_there(folder_of($vmid)) && -d _ && is_there(marker_of($vmid)) && -f _;
}

# The vmids whose folders carry our marker.
sub marked { return grep { /^[1-9][0-9]{2,8}\z/ && is_ours($_) } names_in($images); }

# Takes away what an interrupted run made on a number that no machine has. The files are listed first and the number is
# asked for then: Proxmox writes a machine's configuration before it makes its disks, so a machine that comes meanwhile
# is found, or its disks are not in the list. A marker without a word was cut off with the power, and is no list. Proxmox
# makes a cloud-init drive by itself.
sub empty_folder {
    my ($vmid) = @_;
    my %made = map { $_ => 1 } grep { /./ } split /\n/, slurp(marker_of($vmid));
    my @own = grep { /^vm-$vmid-/ } names_in(folder_of($vmid));
    my @files = grep { !%made || $made{$_} || /^vm-$vmid-cloudinit\.\w+\z/ } @own;
    die "guest $vmid exists\n" if has_guest($vmid);
    remove_file($_) for map { folder_of($vmid) . "/$_" } @files, $marker_file;
}

# Takes a number's folder. It is ours when it is new, or when our marker lies in it and no guest has the number:
# then an earlier run was interrupted. Returns why not.
sub claim {
    my ($vmid, @files) = @_;
    my $inherited = inherits($vmid);
    return "its former machine left something: $inherited" if $inherited ne "";
    my $folder = folder_of($vmid);
    make_images();
    if (!mkdir $folder, 0750) {
        $!{EEXIST} or die "cannot make $folder: $!\n";
        return "folder $folder is in use" if !is_ours($vmid) || has_guest($vmid);
        empty_folder($vmid);
        # Whatever else lies there is nobody's that we know.
        return "folder $folder is in use" if names_in($folder);
    }
    mark($vmid, @files);
    return;
}

# Lists in our marker the disks that are about to be made.
sub mark {
    my ($vmid, @files) = @_;
    write_new(marker_of($vmid), join "", map { "$_\n" } @files);
}

# A machine exists: disks that its marker lists and that no configuration names are an interrupted run's.
sub settle {
    my ($vmid) = @_;
    return unless is_ours($vmid);
    my $orphans = orphans_of($vmid) // return;
    if (@$orphans) {
        # Who gives a machine another disk holds its lock: what is taken away under it is given to none meanwhile.
        my $held = lock_machine($vmid) // die "somebody holds the lock of machine $vmid\n";
        remove_file(image_of($vmid, $_)) for @{ orphans_of($vmid) // return };
    }
    remove_file(marker_of($vmid));
    rmdir folder_of($vmid);    # empty where somebody else took the number meanwhile
}

# Nothing where there is no machine: then they are what "discard" takes away.
sub orphans_of {
    my ($vmid) = @_;
    my $configs = join "\n", map { slurp($_) } configs_of($vmid);
    return if $configs eq "";
    return if $configs =~ /^lock: create$/m;    # a create is at work, or broke off: the marker tells whose it is
    return [grep { /./ && $configs !~ m{[/:]\Q$_\E(?:[,\s]|$)}m } split /\n/, slurp(marker_of($vmid))];
}

# A copy of a configuration that broke off between its claim and its text: an empty file on a number with our marker.
sub drop_claim {
    my ($vmid) = @_;
    my @configs = configs_of($vmid);
    return if !is_ours($vmid) || grep { length slurp($_) } @configs;
    remove_file($_) for @configs;
    for my $folder (map { "$pve/nodes/$_/qemu-server" } names_in("$pve/nodes")) {
        remove_file("$folder/$_") for grep { /^$vmid\.conf\.tmp\.\d+\z/ } names_in($folder);
    }
}

sub discard {
    my ($vmid) = @_;
    return unless is_ours($vmid);
    empty_folder($vmid);
    rmdir folder_of($vmid);
}

# What interrupted runs left, whichever number they gave it. What stands in the way of one is none of the others'.
sub sweep {
    my (@swept, @why);
    for my $vmid (marked()) {
        my $is_swept = eval {
            drop_claim($vmid);
            has_guest($vmid) ? settle($vmid) : discard($vmid);
            1;
        };
        $is_swept ? push @swept, $vmid : push @why, $@;
    }
    die $why[0] if @why;
    return @swept;
}
