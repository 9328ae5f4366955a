import { meetingFolder } from "./tools.ts";

/**
 * Builds a node's view of the machine inside fresh mount, host name and process namespaces, then waits: each line on
 * standard input is run inside, and the end of the input ends the namespace with every process in it. The namespace's first
 * process only waits, which takes away those that ended and whose parents are gone, as an sshd's session is.
 * A user's PATH has no folder of administrators' programs, where pivot_root is.
 * Arguments: root, tools, cluster files, shared folder, meeting folder, qemu-img, host name.
 */
export const namespaceScript = `set -eu
PATH=$PATH:/usr/sbin:/sbin
root=$1 tools=$2 pve=$3 shared=$4 meeting=$5 image=$6 name=$7
read -r pid rest </proc/self/stat
hostname "$name"
mount --bind "$root" "$root"
for file in null zero full random urandom tty; do
  [ -e "$root/dev/$file" ] || : >"$root/dev/$file"
  mount --bind "/dev/$file" "$root/dev/$file"
done
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$root/dev/pts"
ln -sfn pts/ptmx "$root/dev/ptmx"
ln -sfn /proc/self/fd "$root/dev/fd"
for each in 0:stdin 1:stdout 2:stderr; do ln -sfn "/proc/self/fd/\${each%%:*}" "$root/dev/\${each##*:}"; done
mount -t overlay overlay -o "lowerdir=$tools:/usr" "$root/usr"
mount --bind "$image" "$root/usr/lib/coppice/qemu-img"
for each in bin sbin lib lib32 lib64 libx32; do
  if [ -d "/$each" ] && [ ! -L "/$each" ]; then mount --bind "/$each" "$root/$each"; fi
done
if [ -d /etc/alternatives ]; then mkdir -p "$root/etc/alternatives"; mount --bind /etc/alternatives "$root/etc/alternatives"; fi
mount --bind "$pve" "$root/etc/pve"
mount --bind "$meeting" "$root${meetingFolder}"
mkdir -p "$root/run/shared"
mount --bind "$shared" "$root/run/shared"
mount -t proc proc "$root/proc"
mkdir -p "$root/.before"
cd "$root"
pivot_root . .before
cd /
umount -l /.before
rmdir /.before 2>/dev/null || true
echo "ready $pid"
exec 3<&0
exec /bin/sh -c '{ while read -r line; do eval "$line"; echo "done $?"; done } <&3 3<&- & exec 3<&-; wait'
`;
