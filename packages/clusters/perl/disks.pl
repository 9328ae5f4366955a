# Fourth part of the program on a node: the images of disks. Each new one is created exclusively, none is opened for writing.

use strict;
use warnings;

my %base;                # slot => the base that its disks stand on
my %seed;                # slot => the non-zero blocks and size of one overlay, to copy from
my $dirty = 0;           # whether files were made that must reach the disk

# The blocks of an image that hold something: 12 KiB of the 384 of a fresh overlay.
sub blocks_of {
    my ($path) = @_;
    my ($text, $zero, @blocks) = (slurp($path), "\0" x 4096);
    for (my $at = 0; $at < length $text; $at += 4096) {
        my $block = substr($text, $at, 4096);
        push @blocks, [$at, $block] if $block ne substr($zero, 0, length $block);
    }
    return { blocks => \@blocks, size => length $text };
}

sub copy_seed {
    my ($seed, $path) = @_;
    sysopen(my $out, $path, O_WRONLY | O_CREAT | O_EXCL, 0640) or die "cannot create $path: $!\n";
    for my $piece (@{ $seed->{blocks} }) {
        my ($at, $block) = @$piece;
        sysseek($out, $at, 0);
        syswrite($out, $block) == length $block or die "cannot write $path: $!\n";
    }
    truncate($out, $seed->{size}) or die "cannot size $path: $!\n";
    close $out or die "cannot write $path: $!\n";
}

# Subclusters: a small write copies 4 KiB of the base instead of 64, and takes that much room
# (docs/measurements.md#small-writes). Proxmox VE 9 makes its linked clones so; nothing is allocated beforehand here.
my $layout;

sub layout {
    return @$layout if $layout;
    my ($major, $minor) = run("qemu-img", "--version") =~ /version (\d+)\.(\d+)/;
    my $has = defined $major && ($major > 5 || $major == 5 && $minor >= 2);
    $layout = $has ? ["-o", "extended_l2=on,cluster_size=128k"] : [];
    return @$layout;
}

# All overlays of one base with the same backing string are byte-identical: qemu-img makes and checks the first,
# the others are copies of it (docs/proxmox-facts.md#copies-of-one-overlay).
sub make_overlay {
    my ($slot, $from, $path) = @_;
    return copy_seed($seed{$slot}, $path) if $seed{$slot};
    die "$path exists already\n" if is_there($path);
    my $backing = "../$from->{vmid}/$from->{file}";
    run("qemu-img", "create", "-q", "-f", "qcow2", layout(), "-F", $from->{format}, "-b", $backing, $path);
    run("qemu-img", "check", "-q", $path);
    eval { run("fallocate", "--dig-holes", $path) };    # not every file system can; then it is only larger
    chmod 0640, $path;
    $seed{$slot} = blocks_of($path);
}

sub make_disks {
    my ($vmid, @disks) = @_;
    $dirty = 1;
    while (my ($slot, $file) = splice @disks, 0, 2) {
        my $from = $base{$slot} or die "slot '$slot' has no base\n";
        my $path = image_of($vmid, $file);
        if ($from->{kind} eq "overlay") {
            make_overlay($slot, $from, $path);
        } else {
            die "$path exists already\n" if is_there($path);
            run("cp", "--sparse=always", "--no-preserve=mode", "--", "$images/$from->{vmid}/$from->{file}", $path);
            chmod 0640, $path;
        }
    }
}

# The next disk name of a machine. Names given out in this run count as taken.
my %given;

sub next_file {
    my ($vmid, $slot) = @_;
    my $from = $base{$slot} or die "slot '$slot' has no base\n";
    my ($ending) = $from->{kind} eq "copy" ? $from->{file} =~ /(\.\w+)$/ : (".qcow2");
    my %used = map { m{^vm-$vmid-disk-(\d+)\.} ? ($1 => 1) : () } names_in("$images/$vmid");
    my $number = 0;
    $number++ while $used{$number} || $given{"$vmid/$number"};
    $given{"$vmid/$number"} = 1;
    return "vm-$vmid-disk-$number$ending";
}

# SHA-256 over the places and bytes that a file holds. Holes are skipped: Proxmox makes its qcow2 files as long as
# the disk they carry ("preallocation=metadata"), and reading 20 GiB of nothing takes minutes.
use constant { SEEK_DATA => 3, SEEK_HOLE => 4 };

sub hash_of {
    my ($path) = @_;
    flush_answers();
    open(my $in, "<:raw", $path) or die "cannot read $path: $!\n";
    my $pid = open(my $hash, "-|") // die "cannot fork: $!\n";
    if (!$pid) {
        open(my $out, "|-", "sha256sum", "-b") or POSIX::_exit(127);
        binmode $out;
        my $end = 0;
        while (defined(my $start = sysseek($in, $end, SEEK_DATA))) {
            $end = sysseek($in, $start, SEEK_HOLE) // POSIX::_exit(1);
            sysseek($in, $start, SEEK_SET);
            print $out ($start + 0) . " " . ($end - $start) . "\n";
            for (my $left = $end - $start; $left > 0;) {
                my $got = sysread($in, my $block, $left < 1048576 ? $left : 1048576) or POSIX::_exit(1);
                print $out $block;
                $left -= $got;
            }
        }
        $!{ENXIO} or POSIX::_exit(1);    # ENXIO: nothing but holes up to the end
        close $out or POSIX::_exit(1);
        POSIX::_exit(0);
    }
    my $line = do { local $/; <$hash> } // "";
    close $hash;
    die "sha256sum failed\n" if $? || $line !~ /^([0-9a-f]{64})/;
    return $1;
}

# In how many places an overlay holds data. The clusters of Proxmox VE 9's own clones are all allocated from the start,
# without content (preallocation=metadata with extended_l2: pve-storage 9.1.7); only the map tells, which takes longer.
sub places_of {
    my ($image) = @_;
    my $map = run("qemu-img", "map", "-U", "--output=json", $image);
    return scalar(() = $map =~ /"depth":\s*0\b/g);
}

# What a qcow2 image stands on, as its header has it (QEMU, docs/interop/qcow2.rst); nothing for any other file. A file that
# goes meanwhile stands on nothing.
sub backing_of {
    my ($path) = @_;
    return "" unless $path =~ /\.qcow2\z/ && -f $path && open(my $in, "<:raw", $path);
    sysread($in, my $header, 20) // die "cannot read $path: $!\n";
    return "" unless length $header == 20;
    my ($magic, undef, $high, $low, $length) = unpack "a4 N N N N", $header;
    my $at = $high * 2**32 + $low;
    return "" unless $magic eq "QFI\xfb" && $at && $length < 1024;
    sysseek($in, $at, SEEK_SET);
    sysread($in, my $backing, $length) // die "cannot read $path: $!\n";
    return $backing =~ s{\s}{?}gr;
}
