# Third part of the program on a node: the storage, as pve-storage sees it.

use strict;
use warnings;

my $mountpoint = "";     # what has to be mounted where the storage is; empty where nothing has
my $makes_folders = 1;   # whether the folder of the images may be made

# Takes a storage of storage.cfg into use, with the defaults of pve-storage (DirPlugin, NFSPlugin, "content-dirs").
sub take_storage {
    my ($name) = @_;
    my $is = storage_section($name);
    my $is_net = $is->{type} =~ /^(?:nfs|cifs|cephfs|glusterfs)$/;
    my $path = $is->{path} // ($is_net ? "/mnt/pve/$name" : undef);
    die "storage '$name' of type '$is->{type}' keeps no image files\n" unless defined $path;
    die "storage '$name' is disabled\n" if is_on($is->{disable});
    die "storage '$name' is not for node '$node'\n"
        if defined $is->{nodes} && !grep { $_ eq $node } split /[,;\s]+/, $is->{nodes};
    my $sub = ($is->{"content-dirs"} // "") =~ /(?:^|,)\s*images=([^,]+)/ ? $1 : "images";
    ($storage, $images) = ($name, "$path/$sub");
    $mountpoint = $is_net ? $path : mountpoint_of($is->{is_mountpoint}, $path);
    $makes_folders = is_on($is->{"create-subdirs"} // 1) && is_on($is->{mkdir} // 1);
    assert_storage();
    -d $path or die "storage '$name' has no folder $path: $!\n";
}

sub storage_section {
    my ($name) = @_;
    my ($inside, %is);
    for my $line (split /\n/, slurp("$pve/storage.cfg")) {
        if ($line =~ /^(\S+):\s*(\S+)\s*$/) {
            $inside = $2 eq $name;
            $is{type} = $1 if $inside;
        } elsif ($inside && $line =~ /^\s+(\S+)(?:\s+(.*?))?\s*$/) {
            $is{$1} = $2 // 1;    # a boolean may stand there by its name alone
        }
    }
    die "storage '$name' is not in storage.cfg\n" unless $is{type};
    return \%is;
}

# "is_mountpoint" is a boolean or a path (DirPlugin, parse_is_mountpoint).
sub mountpoint_of {
    my ($value, $path) = @_;
    return "" if !is_on($value);
    return $value =~ /^(?:1|on|yes|true)$/i ? $path : $value;
}

# On a storage that is not mounted no disk is there, whoever's it is.
sub assert_storage {
    return if $mountpoint eq "" || is_mounted($mountpoint);
    die "storage '$storage' is not mounted on $mountpoint\n";
}

sub is_mounted {
    my ($path) = @_;
    my $real = Cwd::realpath($path) // return 0;
    for my $line (split /\n/, slurp($mounts)) {
        my (undef, $at) = split / /, $line;
        $at =~ s{\\([0-7]{3})}{chr oct $1}ge;
        return 1 if $at eq $real;
    }
    return 0;
}

# Proxmox makes it when it first uses the storage, but not where it was told that an empty folder means no disk is in.
sub make_images {
    return if -d $images;
    die "storage '$storage' has no folder $images, and none is to be made\n" if !$makes_folders;
    mkdir $images, 0755 or die "cannot make $images: $!\n";
}
