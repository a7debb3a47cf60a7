/** What the volume is called when it is attached. On Nitro it is `/dev/nvme…`, which Amazon Linux links to from here. */
export const VOLUME_DEVICE = "/dev/sdf";

/**
 * Functions of the setup that find and prepare the volume, for bash.
 *
 * A filesystem is made only on a volume that has no signature of anything (`blkid` tells nothing found, 2, from ambiguous,
 * 8) and whose first MiB is zero, as a new volume's is. One that is labelled `workstation` is taken as it is. On anything
 * else nothing is written.
 *
 * Sources: EBS User Guide, "Amazon EBS volumes and NVMe" and "Make an Amazon EBS volume available for use"; blkid(8).
 */
export const VOLUME_SCRIPT = `wait_for_volume() {
  local device
  for _ in $(seq 120); do
    for device in ${VOLUME_DEVICE} /dev/xvdf; do
      if [ -b "$device" ]; then
        readlink -f "$device"
        return 0
      fi
    done
    sleep 5
  done
  return 1
}
prepare_volume() {
  local found=0
  blkid -p "$1" >/dev/null || found=$?
  if [ "$found" = 2 ] && cmp -s -n 1048576 "$1" /dev/zero; then
    mkfs.ext4 -q -L workstation "$1" || fail "a filesystem cannot be made on its volume"
  elif [ "$(blkid -p -s LABEL -o value "$1")" != workstation ]; then
    fail "its volume holds something else, which is left as it is"
  fi
}
`;
