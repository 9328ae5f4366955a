# Last part of the program on a node: its orders. One a line, fields separated by tabs: the order, a key, arguments. The
# last line is `end` and how many lines came before it: the connection may break while they are sent, and half of them
# are none.
#
# One line of answer, as soon as it is true: `begin` and the boot that this is; for each order that has a key
# `ok`, `taken`, `left` or `fail`, the key, a detail; `end` when all that was made has reached the disk. `stop` and a reason:
# what everything else stands on is not there, or did not reach the disk. An answer that nobody takes any more ends the
# program: what it had in hand is done, and no other order is begun. "In hand" are those of one clock tick.

use strict;
use warnings;

# What everything else stands on; these orders have no key and no answer.
my %common = (
    # node: which one all of it is for; it begins every batch
    node => sub {
        ($node) = @_;
        die "'$node' is not a node\n" unless $node =~ /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\z/;
    },
    pve => sub { ($pve, $locks, $run, $mounts) = @_; },
    mark => sub {
        my ($text, $file) = @_;
        die "'$text' is not a mark\n" unless $text =~ /^[0-9a-f]{10,64}\z/;
        die "'$file' is not a marker\n" unless $file =~ /^\.[a-z]+-$text\z/;
        ($mark, $marker_file) = ($text, $file);
        lock_mark();
    },
    storage => sub {
        my ($name) = @_;
        assert_cluster();
        take_storage($name);
    },
    # pool: what new machines become members of, and what those that were removed are taken out of
    pool => sub { ($pool) = @_; },
    base => sub {
        my ($slot, $kind, $format, $vmid, $file) = @_;
        my $path = image_of($vmid, $file);
        is_there($path) or die "$path is not there\n";
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
        answer("ok", $key, is_ours(vmid_of($vmid)) ? "ours" : is_there(folder_of($vmid)) ? "theirs" : "");
    },
    # written KEY VMID: bytes that a machine's disks take on the storage
    written => sub {
        my ($key, $vmid) = @_;
        my $folder = folder_of(vmid_of($vmid));
        my $blocks = 0;
        $blocks += (stat "$folder/$_")[12] // 0 for grep { /^vm-$vmid-disk-/ } names_in($folder);
        answer("ok", $key, 512 * $blocks);
    },
    # sweep KEY: what interrupted runs of ours left, whichever number they gave it
    sweep => sub {
        my ($key) = @_;
        answer("ok", $key, join " ", sweep());
    },
    discard => sub {
        my ($key, $vmid) = @_;
        discard(vmid_of($vmid));
        answer("ok", $key);
    },
    # remove KEY VMID LINE: a stopped machine with all its disks; LINE says whose it is. `ok`, for several together, with
    # the class's pool where that has it as a member still, also where it is gone already; `left` with the reason why
    # Proxmox itself has to remove it.
    remove => sub {
        my ($key, $vmid, $own_line) = @_;
        my ($word, $detail) = remove_machine($key, vmid_of($vmid), $own_line);
        answer($word, $key, $detail) if defined $word;
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
    # list KEY: what lies in the folders of numbers, one answer a folder, its key with the number behind it: each file with
    # the base that it stands on. Only read.
    list => sub {
        my ($key) = @_;
        for my $vmid (grep { /^[1-9][0-9]{2,8}\z/ && -d folder_of($_) } names_in($images)) {
            my @files = grep { !/\s/ } names_in(folder_of($vmid));
            answer("ok", "$key/$vmid", join " ", map { "$_=" . backing_of(folder_of($vmid) . "/$_") } @files);
        }
        answer("ok", $key);
    },
    # members KEY: numbers that pools have as members and no machine has, each with its pool
    members => sub {
        my ($key) = @_;
        answer("ok", $key, join " ", map { "$_->[0]=$_->[1]" } former_members());
    },
    # copy KEY FROM-VMID FROM-LINE VMID LINE (NAME VALUE)...: a machine's configuration, made from the text that
    # Proxmox wrote for another one; LINE says whose it is, in place of FROM-LINE. The machine names its disks then, and
    # their marker has served.
    copy => sub {
        my ($key, $from, $from_line, $vmid, $own_line, %values) = @_;
        return answer("taken", $key, "guest $vmid exists") if configs_of(vmid_of($vmid));
        write_config($vmid, copied($from, $from_line, $vmid, $own_line, \%values));
        settle($vmid);
        answer("ok", $key, $vmid);
    },
);

sub follow {
    my ($order, @fields) = @_;
    # Not within an order: where this fails, all others stand on nothing.
    finish_removals() if $order ne "remove" || has_most_going();
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
    finish_removals();
    run("sync", "-f", $images) if $dirty;
    1;
};
$is_done ? answer("end") : answer("stop", $@);
flush_answers();
__END__
