# Seventh part of the program on a node: configurations of the bulk method, copied from one that Proxmox wrote.

use strict;
use warnings;

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

# The text of a machine's configuration, from another one's. A disk that cannot be told to be the other's own would be
# shared by both machines, which is the end of what is on it.
sub copied {
    my ($from, $from_line, $vmid, $own_line, $values) = @_;
    my $text = slurp(config_of($from));
    my @lines = split /\n/, $text, -1;
    # A copy that said it was another seat would be removed with that seat.
    die "the configuration of $from does not say whose it is\n" unless grep { $_ eq $from_line } @lines;
    my (undef, $of) = eval { parse_machine($text) };
    die "machine $from cannot be copied: $@" if !$of;
    die "machine $from cannot be copied: it is locked ($of->{lock})\n" if defined $of->{lock};
    @lines = map { rewrite($_, $from, $from_line, $vmid, $own_line, $values) } @lines;
    for my $line (grep { !/^(?:#|name:)/ } @lines) {
        die "machine $from cannot be copied: '$1' would be shared\n"
            if $line =~ /\b((?:vm|subvol)-(?!$vmid-)\d+-[^,\s]*)/;
    }
    return join "\n", @lines;
}

# Claims the number by exclusive creation, then replaces the empty claim in one rename. What this cannot take back "sweep"
# takes away.
sub write_config {
    my ($vmid, $text) = @_;
    my $path = config_of($vmid);
    my @made = ("$path.tmp.$$");
    my $is_written = eval {
        write_new($made[0], $text);
        write_new($path, "");
        push @made, $path;
        rename $made[0], $path or die "cannot rename to $path: $!\n";
    };
    return if $is_written;
    my $why = $@;
    unlink @made;
    die $why;
}
