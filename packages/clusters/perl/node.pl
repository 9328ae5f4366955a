# First part of the program that runs on a Proxmox node and does what only files can do: overlays and their markers, the
# configuration files of the bulk method, and the removal of machines (docs/decisions/0021). Its parts, which
# src/node-program/node-program.ts names in their order, are one text: `perl -` reads it from standard input, the orders
# follow behind __END__, so no name ever becomes part of a command line. Only modules of Debian's perl-base are used.
#
# Here: where things are, what is answered, how files are looked at. Nothing that could not be looked at counts as not
# there: who has a number, and what a machine stands on, is told by files that are absent.

use strict;
use warnings;
use Cwd ();
use Fcntl qw(:DEFAULT :seek :flock);
use POSIX ();

$| = 1;
umask 0027;

my $pve = "/etc/pve";    # where the cluster's configuration is mounted
my $locks = "/run/lock"; # empty after each boot
my $run = "/run/qemu-server"; # where running machines have their pid files
my $mounts = "/proc/self/mounts";
my $node = "";           # the node that the orders are for
my $mark = "";           # whose markers are ours
my $marker_file = "";    # how they are called
my $storage = "";        # the chosen storage
my $images = "";         # the folder of its images
my $pool = "";           # the Proxmox pool of the class, which it enters and leaves for itself

# A write costs as much as an overlay does, 0.1 ms, most of it at the reader's: answers are written once in a clock
# tick, which is 10 ms (on a busy virtual node 37 were measured), and before anything that may take longer. The answer
# after that is written at once, whatever the clock says: it may find that nobody is there any more.
my ($unsent, $tick) = ("", 0);

sub answer {
    my ($word, @fields) = @_;
    for (@fields) {
        s{\s+}{ }g;
        s{ $}{};
    }
    $unsent .= join("\t", $word, @fields) . "\n";
    my ($now) = POSIX::times();
    return if $now == $tick;
    flush_answers();
    $tick = $now;
}

sub flush_answers {
    print $unsent or exit 1;    # where SIGPIPE has not ended it
    ($unsent, $tick) = ("", 0);
}

# In pieces larger than most files of the cluster: one that is replaced meanwhile is not read half old and half new.
sub slurp {
    my ($path) = @_;
    open(my $in, "<:raw", $path) or die "cannot read $path: $!\n";
    my $text = "";
    while (1) {
        my $got = sysread($in, $text, 1 << 20, length $text) // die "cannot read $path: $!\n";
        return $text if !$got;
    }
}

sub is_there {
    my ($path) = @_;
    return 1 if lstat $path;
    $!{ENOENT} or die "cannot look at $path: $!\n";
    return 0;
}

# What lies in a folder; nothing where it is not there. A glob would keep an error to itself, and read a space in a path
# as the end of it.
sub names_in {
    my ($folder) = @_;
    if (!opendir my $dir, $folder) {
        $!{ENOENT} or die "cannot look into $folder: $!\n";
        return;
    } else {
        $! = 0;
        my @names = sort grep { !/^\.\.?\z/ } readdir $dir;
        die "cannot look into $folder: $!\n" if $!;
        return @names;
    }
}

sub remove_file {
    my ($path) = @_;
    unlink $path or $!{ENOENT} or die "cannot remove $path: $!\n";
}

sub write_new {
    my ($path, $text) = @_;
    sysopen(my $out, $path, O_WRONLY | O_CREAT | O_EXCL, 0640) or die "cannot create $path: $!\n";
    !length $text or syswrite($out, $text) == length $text or die "cannot write $path: $!\n";
    close $out or die "cannot write $path: $!\n";
}

sub vmid_of {
    my ($text) = @_;
    die "'$text' is not a vmid\n" unless $text =~ /^[1-9][0-9]{2,8}\z/;
    return $text;
}

sub image_of {
    my ($vmid, $file) = @_;
    vmid_of($vmid);
    die "'$file' is not an image of $vmid\n" unless $file =~ /^(?:vm|base)-$vmid-[a-z0-9-]+\.(?:qcow2|raw|vmdk)\z/;
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

# Whoever changes a machine's configuration holds this lock (qemu-server, QemuConfig.pm). It is not waited for.
sub lock_machine {
    my ($vmid) = @_;
    mkdir "$locks/qemu-server", 0755;
    my $path = "$locks/qemu-server/lock-$vmid.conf";
    sysopen(my $handle, $path, O_RDWR | O_CREAT | O_NOFOLLOW, 0644) or die "cannot open $path: $!\n";
    return flock($handle, LOCK_EX | LOCK_NB) ? $handle : undef;
}
