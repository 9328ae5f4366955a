# Runs on a Proxmox node and does what only files can do: overlays and their markers, and the configuration files
# of the bulk method. `perl -` reads this program from standard input, removal.pl before it; the orders follow behind
# __END__, so no name ever becomes part of a command line. Only modules of Debian's perl-base are used.
#
# One order a line, fields separated by tabs: the order, a key, arguments. The last line is `end` and how many lines
# came before it: the connection may break while they are sent, and half of them are none.
#
# One line of answer, as soon as it is true: `begin` and the boot that this is; for each order that has a key
# `ok`, `taken`, `left` or `fail`, the key, a detail; `end` when all that was made has reached the disk. `stop` and a reason:
# what everything else stands on is not there, or did not reach the disk. An answer that nobody takes any more ends the
# program: what it had in hand is done, and no other order is begun.

use strict;
use warnings;
use Fcntl qw(:DEFAULT :seek :flock);
use POSIX ();

$| = 1;
umask 0027;

my $pve = "/etc/pve";    # where the cluster's configuration is mounted
my $locks = "/run/lock"; # empty after each boot
my $run = "/run/qemu-server"; # where running machines have their pid files
my $mark = "";           # whose markers are ours
my $marker_file = "";    # how they are called
my $storage = "";        # the chosen storage
my $images = "";         # the folder of its images
my $pool = "";           # the Proxmox pool of the class, which it enters and leaves for itself
my %base;                # slot => the base that its disks stand on
my %seed;                # slot => the non-zero blocks and size of one overlay, to copy from
my $dirty = 0;           # whether files were made that must reach the disk

# A write costs as much as an overlay does, 0.1 ms, most of it at the reader's: answers are written once in a clock
# tick, which is 10 ms, and before anything that may take longer.
my ($unsent, $tick) = ("", 0);

sub where_things_are {
    my ($read) = @_;
    return {
        pve => $pve, locks => $locks, run => $run,
        images => $images, storage => $storage, pool => $pool, marker => $marker_file, read => $read,
    };
}

sub answer {
    my ($word, @fields) = @_;
    for (@fields) {
        s{\s+}{ }g;
        s{ $}{};
    }
    $unsent .= join("\t", $word, @fields) . "\n";
    my ($now) = POSIX::times();
    return if $now == $tick;
    $tick = $now;
    flush_answers();
}

sub flush_answers {
    print $unsent or exit 1;    # where SIGPIPE has not ended it
    $unsent = "";
}

sub slurp {
    my ($path) = @_;
    open(my $in, "<:raw", $path) or die "cannot read $path: $!\n";
    local $/;
    return <$in> // "";
}

sub vmid_of {
    my ($text) = @_;
    die "'$text' is not a vmid\n" unless $text =~ /^[1-9][0-9]{2,8}$/;
    return $text;
}

sub config_of {
    my ($node, $vmid) = @_;
    die "'$node' is not a node\n" unless $node =~ /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
    return "$pve/nodes/$node/qemu-server/" . vmid_of($vmid) . ".conf";
}

sub image_of {
    my ($vmid, $file) = @_;
    vmid_of($vmid);
    die "'$file' is not an image of $vmid\n" unless $file =~ /^(?:vm|base)-$vmid-[a-z0-9-]+\.(?:qcow2|raw|vmdk)$/;
    return "$images/$vmid/$file";
}

sub run {
    my @command = @_;
    flush_answers();
    my $pid = open(my $out, "-|") // die "cannot fork: $!\n";
    if (!$pid) {
        open(STDERR, ">&", \*STDOUT);
        exec { $command[0] } @command or POSIX::_exit(127);
    }
    my $text = do { local $/; <$out> } // "";
    close $out;
    die "$command[0] failed: " . ((split /\n/, $text)[0] // "exit code " . ($? >> 8)) . "\n" if $?;
    return $text;
}

sub write_new {
    my ($path, $text) = @_;
    sysopen(my $out, $path, O_WRONLY | O_CREAT | O_EXCL, 0640) or die "cannot create $path: $!\n";
    !length $text or syswrite($out, $text) == length $text or die "cannot write $path: $!\n";
    close $out or die "cannot write $path: $!\n";
}

# Where a storage keeps its images, with the defaults of pve-storage (DirPlugin, NFSPlugin, "content-dirs").
sub images_of {
    my ($storage) = @_;
    my ($inside, %is);
    for my $line (split /\n/, slurp("$pve/storage.cfg")) {
        if ($line =~ /^(\S+):\s*(\S+)\s*$/) {
            $inside = $2 eq $storage;
            $is{type} = $1 if $inside;
        } elsif ($inside && $line =~ /^\s+(\S+)\s+(.*?)\s*$/) {
            $is{$1} = $2;
        }
    }
    die "storage '$storage' is not in storage.cfg\n" unless $is{type};
    $is{path} //= "/mnt/pve/$storage" if $is{type} =~ /^(?:nfs|cifs|cephfs)$/;
    die "storage '$storage' of type '$is{type}' keeps no image files\n" unless $is{path};
    my $sub = ($is{"content-dirs"} // "") =~ /(?:^|,)\s*images=([^,\s]+)/ ? $1 : "images";
    return "$is{path}/$sub";
}

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
    die "$path exists already\n" if -e $path;
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
            die "$path exists already\n" if -e $path;
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
    my %used = map { m{/vm-$vmid-disk-(\d+)\.} ? ($1 => 1) : () } glob("$images/$vmid/*");
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
            $end = sysseek($in, $start, SEEK_HOLE) // last;
            sysseek($in, $start, SEEK_SET);
            print $out ($start + 0) . " " . ($end - $start) . "\n";
            for (my $left = $end - $start; $left > 0;) {
                my $got = sysread($in, my $block, $left < 1048576 ? $left : 1048576) or POSIX::_exit(1);
                print $out $block;
                $left -= $got;
            }
        }
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

# One program at a time works for a mark: one whose connection broke may still have an order in hand. The file stays
# open, and locked, as long as the program runs.
my $lock;

sub lock_mark {
    my $path = "$locks/coppice-$mark";
    sysopen($lock, $path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600) or die "cannot open $path: $!\n";
    flush_answers();
    local $SIG{ALRM} = sub { die "an earlier run is still at work on this node\n" };
    alarm 60;
    flock($lock, LOCK_EX) or die "cannot lock $path: $!\n";
    alarm 0;
}

sub marker_of { my ($vmid) = @_; return "$images/$vmid/$marker_file"; }

sub configs_of { my ($vmid) = @_; return glob("$pve/nodes/*/{qemu-server,lxc}/$vmid.conf"); }

sub has_guest { my ($vmid) = @_; return scalar(() = configs_of($vmid)); }

# The vmids whose folders carry our marker.
sub marked { return map { m{/(\d+)/[^/]+$} ? $1 : () } glob("$images/[0-9]*/$marker_file"); }

sub empty_folder {
    my ($vmid) = @_;
    unlink grep { m{/vm-$vmid-[^/]*$} } glob("$images/$vmid/*");
}

# Why a new machine may not have a number: it would inherit what its former machine left.
sub inherits {
    my ($vmid) = @_;
    my $at = where_things_are(\&slurp_once);
    my $trace = traces_of($at, $vmid);
    my $left = pool_of($at, $vmid);
    return $trace if $trace ne "";
    return $left eq "" || $left eq $pool ? "" : "pool $left has it as a member";
}

# Takes a number's folder. It is ours when it is new, or when our marker lies in it and no guest has the number:
# then an earlier run was interrupted. Returns why not.
sub claim {
    my ($vmid, @files) = @_;
    my $inherited = inherits($vmid);
    return "its former machine left something: $inherited" if $inherited ne "";
    my $folder = "$images/$vmid";
    if (!mkdir $folder, 0750) {
        return "folder $folder: $!" unless -d $folder;
        return "folder $folder is in use" if !-e marker_of($vmid) || has_guest($vmid);
        empty_folder($vmid);
        unlink marker_of($vmid);
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
    my $marker = marker_of($vmid);
    return unless -e $marker;
    my $configs = join "\n", map { slurp($_) } configs_of($vmid);
    return if $configs eq "";    # without a machine they are what "discard" takes away
    return if $configs =~ /^lock: create$/m;    # a create is at work, or broke off: the marker tells whose it is
    for my $file (grep { /./ } split /\n/, slurp($marker)) {
        next if $configs =~ m{[/:]\Q$file\E(?:[,\s]|$)}m;
        my $path = image_of($vmid, $file);
        !-e $path or unlink $path or die "cannot remove $path: $!\n";
    }
    unlink $marker or die "cannot remove $marker: $!\n";
    rmdir "$images/$vmid";    # empty where somebody else took the number meanwhile
}

# A copy of a configuration that broke off between its claim and its text: an empty file on a number with our marker.
sub drop_claim {
    my ($vmid) = @_;
    my @configs = configs_of($vmid);
    return if !-e marker_of($vmid) || grep { -s $_ } @configs;
    unlink @configs, glob("$pve/nodes/*/qemu-server/$vmid.conf.tmp.*");
}

sub discard {
    my ($vmid) = @_;
    return unless -e marker_of($vmid);
    die "guest $vmid exists\n" if has_guest($vmid);
    empty_folder($vmid);
    unlink marker_of($vmid);
    rmdir "$images/$vmid";
}

# Own values for the keys that are a machine's own, own volumes, own mark; every other line as Proxmox wrote it.
sub rewrite {
    my ($line, $from, $from_line, $vmid, $own_line, $values) = @_;
    if ($line =~ /^#/) {
        return $line eq $from_line ? $own_line : $line;    # notes are comment lines
    } elsif ($line =~ /^([a-z]+\d*):/ && exists $values->{$1}) {
        return "$1: $values->{$1}";
    } else {
        # A volume's owner stands in its folder and in its name: lab:9000/base-9000-disk-0.qcow2/20000/vm-20000-disk-0.qcow2
        $line =~ s{\b$from/vm-$from-}{$vmid/vm-$vmid-}g;
    }
    return $line;
}

# What everything else stands on; these orders have no key and no answer.
my %common = (
    pve => sub { ($pve, $locks, $run) = @_; },
    mark => sub {
        my ($text, $file) = @_;
        die "'$text' is not a mark\n" unless $text =~ /^[0-9a-f]{10,64}$/;
        die "'$file' is not a marker\n" unless $file =~ /^\.[a-z]+-$text$/;
        ($mark, $marker_file) = ($text, $file);
        lock_mark();
    },
    storage => sub {
        ($storage) = @_;
        $images = images_of($storage);
        -d $images or mkdir $images, 0755 or die "cannot make $images: $!\n";
    },
    # pool: what new machines become members of, and what those that were removed are taken out of
    pool => sub { ($pool) = @_; },
    base => sub {
        my ($slot, $kind, $format, $vmid, $file) = @_;
        my $path = image_of($vmid, $file);
        -e $path or die "$path is not there\n";
        $base{$slot} = { kind => $kind, format => $format, vmid => $vmid, file => $file };
    },
    # sync: what an earlier program made reaches the disk before the `end` of this one
    sync => sub { $dirty = 1; },
);

my %orders = (
    # make KEY VMID (SLOT FILE)...: a new seat's disks, in a folder of its own
    make => sub {
        my ($key, $vmid, @disks) = @_;
        my %files = @disks;
        my $taken = claim(vmid_of($vmid), values %files);
        return answer("taken", $key, $taken) if $taken;
        make_disks($vmid, @disks);
        answer("ok", $key, $vmid);
    },
    # renew KEY VMID SLOT...: further disks beside those of an existing seat, under the next free names. The marker
    # lists them until "settle", so that a run that is interrupted before the machine names them leaves no orphans.
    renew => sub {
        my ($key, $vmid, @slots) = @_;
        settle(vmid_of($vmid));
        my @disks = map { ($_, next_file($vmid, $_)) } @slots;
        my %files = @disks;
        mark($vmid, values %files);
        make_disks($vmid, @disks);
        my @pairs;
        while (my ($slot, $file) = splice @disks, 0, 2) { push @pairs, "$slot=$file"; }
        answer("ok", $key, join " ", @pairs);
    },
    # settle KEY VMID: the seat's machine exists and names its disks, its marker has served
    settle => sub {
        my ($key, $vmid) = @_;
        settle(vmid_of($vmid));
        answer("ok", $key);
    },
    # marked KEY VMID: whether a number has a folder, and whether that carries our marker
    marked => sub {
        my ($key, $vmid) = @_;
        answer("ok", $key, -e marker_of(vmid_of($vmid)) ? "ours" : -e "$images/$vmid" ? "theirs" : "");
    },
    # written KEY VMID: bytes that a machine's disks take on the storage
    written => sub {
        my ($key, $vmid) = @_;
        my $blocks = 0;
        $blocks += (stat $_)[12] // 0 for glob("$images/" . vmid_of($vmid) . "/vm-$vmid-disk-*");
        answer("ok", $key, 512 * $blocks);
    },
    # sweep KEY: what interrupted runs of ours left, whichever number they gave it
    sweep => sub {
        my ($key) = @_;
        my @vmids = marked();
        for my $vmid (@vmids) {
            drop_claim($vmid);
            has_guest($vmid) ? settle($vmid) : discard($vmid);
        }
        answer("ok", $key, "@vmids");
    },
    discard => sub {
        my ($key, $vmid) = @_;
        discard(vmid_of($vmid));
        answer("ok", $key);
    },
    # remove KEY NODE VMID LINE: a stopped machine with all its disks; LINE says whose it is. `ok` with the
    # class's pool where that has it as a member still, also where it is gone already; `left` with the reason why Proxmox itself has to remove it.
    remove => sub {
        my ($key, $node, $vmid, $own_line) = @_;
        my $at = where_things_are(\&slurp_if_there);
        my ($word, $detail) = remove_machine($at, vmid_of($vmid), config_of($node, $vmid), $own_line);
        answer($word, $key, $detail);
    },
    # own KEY VMID FILE: in how many places an overlay holds data itself; none means untouched. The image is only read,
    # so that a running machine's disk may be asked too (Proxmox's qemu-img takes no locks).
    own => sub {
        my ($key, $vmid, $file) = @_;
        my $image = image_of($vmid, $file);
        my $report = run("qemu-img", "check", "-U", "--output=json", $image);
        my $clusters = $report =~ /"allocated-clusters":\s*(\d+)/ ? $1 : 0;
        answer("ok", $key, $clusters && places_of($image));
    },
    hash => sub {
        my ($key, $vmid, $file) = @_;
        answer("ok", $key, hash_of(image_of($vmid, $file)));
    },
    # copy KEY NODE FROM-VMID FROM-LINE VMID LINE (NAME VALUE)...: a machine's configuration, made from the text that
    # Proxmox wrote for another one; LINE says whose it is, in place of FROM-LINE. Claims the number by exclusive creation,
    # then replaces the empty claim in one rename. The machine names its disks then, and their marker has served.
    copy => sub {
        my ($key, $node, $from, $from_line, $vmid, $own_line, %values) = @_;
        my $path = config_of($node, $vmid);
        return answer("taken", $key, "guest $vmid exists") if has_guest($vmid);
        my @lines = split /\n/, slurp(config_of($node, $from)), -1;
        # A copy that said it was another seat would be removed with that seat.
        die "the configuration of $from does not say whose it is\n" unless grep { $_ eq $from_line } @lines;
        my $text = join "\n", map { rewrite($_, $from, $from_line, $vmid, $own_line, \%values) } @lines;
        write_new("$path.tmp.$$", $text);
        write_new($path, "");
        rename "$path.tmp.$$", $path or die "cannot rename to $path: $!\n";
        settle($vmid);
        answer("ok", $key, $vmid);
    },
);

sub follow {
    my ($order, @fields) = @_;
    return $common{$order}->(@fields) if $common{$order};
    my $do = $orders{$order} // sub { die "'$order' is not an order\n" };
    eval { $do->(@fields); 1 } or answer("fail", $fields[0] // $order, $@);
}

my @lines = map { s{\n$}{}r } <DATA>;
my $last = pop @lines // "";
die "the orders did not come whole\n" unless $last eq "end\t" . @lines;
answer("begin", slurp("/proc/sys/kernel/random/boot_id"));
my $is_done = eval {
    follow(split /\t/, $_, -1) for @lines;
    run("sync", "-f", $images) if $dirty;
    1;
};
$is_done ? answer("end") : answer("stop", $@);
flush_answers();
__END__
