# Second part of the program on a node: what the cluster's files say of a number, those of its machine's own aside.

use strict;
use warnings;

# /etc/pve is a file system of its own (pmxcfs). While that is not mounted an empty folder is there, in which nobody has
# any number and no right is given. Its sign is the link `local`, which pmxcfs itself has, to the folder of the node that
# it runs on; so it tells a machine that answers at another one's address too. By what the link leads to, not by its text.
sub assert_cluster {
    die "the orders do not say which node they are for\n" if $node eq "";
    my ($here, $meant) = map { join ":", (stat "$pve/$_")[0, 1] } "local/.", "nodes/$node/.";
    return if $here ne "" && $here eq $meant;
    my $link = readlink "$pve/local" // die "the cluster's files are not mounted on $pve\n";
    die "this is not node '$node': $pve/local leads to '$link'\n";
}

sub config_of {
    my ($vmid) = @_;
    return "$pve/nodes/$node/qemu-server/" . vmid_of($vmid) . ".conf";
}

# The configurations of a number, on all nodes. That there is none is believed only if the cluster's files are there when
# all folders have been looked at.
sub configs_of {
    my ($vmid) = @_;
    my @folders = map { ("$pve/nodes/$_/qemu-server", "$pve/nodes/$_/lxc") } names_in("$pve/nodes");
    my @configs = grep { is_there($_) } map { "$_/$vmid.conf" } @folders;
    assert_cluster() if !@configs;
    return @configs;
}

# Looks twice before it says no: a machine that moves to a node already looked at is on none of the others.
sub has_guest {
    my ($vmid) = @_;
    return scalar(configs_of($vmid)) || scalar(configs_of($vmid));
}

sub slurp_if_there {
    my ($path) = @_;
    return slurp($path) if is_there($path);
    assert_cluster();
    return "";
}

# Reads each file once: for a batch of numbers that nobody has. What is removed is looked at anew under its lock.
my %read_before;
sub slurp_once { my ($path) = @_; return $read_before{$path} //= slurp_if_there($path); }

# What names a number in the cluster's files, its pool apart, as Proxmox's own removal looks for it: the next machine of
# that number would inherit it. `read` gives the text of a file.
sub traces_of {
    my ($read, $vmid) = @_;
    my $text_of = sub { $read->("$pve/$_[0]") };
    my $number = qr/(?<![\d.])$vmid(?![\d.])/;
    return "rights are given on /vms/$vmid" if $text_of->("user.cfg") =~ m{^acl:[^:]*:/*vms/+$vmid/*:}m;
    return "HA names it" if grep { $text_of->("ha/$_") =~ /\bvm:\s*$vmid\b/ } "resources.cfg", "rules.cfg";
    return "a replication job names it" if $text_of->("replication.cfg") =~ /^\w+:\s*$vmid-\d/m;
    return "a backup job names it"
        if $text_of->("jobs.cfg") =~ /^\s+(?:vmid|exclude)\s.*$number/m || $text_of->("vzdump.cron") =~ $number;
    return "it has firewall rules" if is_there("$pve/firewall/$vmid.fw");
    return "";
}

# The pool that a number is a member of, whether a machine has it or not.
sub pool_of {
    my ($read, $vmid) = @_;
    my $text = $read->("$pve/user.cfg");
    while ($text =~ /^pool:([^:]*):[^:]*:([^:]*):/mg) {
        my ($name, $members) = ($1, $2);
        return $name if grep { $_ eq $vmid } split /[,;\s]+/, $members;
    }
    return "";
}

# Members of pools that no machine has, each with its pool.
sub former_members {
    my @former;
    for (grep { /^pool:/ } split /\n/, slurp_if_there("$pve/user.cfg")) {
        my (undef, $name, undef, $members) = split /:/;
        push @former, map { [$_, $name] } grep { /^[1-9][0-9]{2,8}\z/ && !has_guest($_) } split /[,;\s]+/, $members // "";
    }
    return @former;
}

# A number without a machine may have come into another pool since: that is nothing of ours.
sub own_pool_of {
    my ($vmid) = @_;
    return pool_of(\&slurp_if_there, $vmid) eq $pool ? $pool : "";
}

# Why a new machine may not have a number: it would inherit what its former machine left.
sub inherits {
    my ($vmid) = @_;
    my $trace = traces_of(\&slurp_once, $vmid);
    my $left = pool_of(\&slurp_once, $vmid);
    return $trace if $trace ne "";
    return $left eq "" || $left eq $pool ? "" : "pool $left has it as a member";
}

# Addresses that a virtual network hands out are given back by Proxmox, to whatever keeps them (delete_ifaces_ipams_ips).
sub has_leases {
    my ($values) = @_;
    my (%has_ipam, %zone_of);
    for my $section (sections("$pve/sdn/zones.cfg")) {
        my ($zone) = $section =~ /^\w+:\s*(\S+)/ or next;
        $has_ipam{$zone} = $section =~ /^\s+ipam\s/m;
    }
    for my $section (sections("$pve/sdn/vnets.cfg")) {
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

sub is_on { my ($value) = @_; return defined $value && $value !~ /^(?:0|no|off|false)$/i; }

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
