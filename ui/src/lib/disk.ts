// Which disk a folder is on.
import type { DiskView } from '../ipc/generated';

/** The disk that holds a folder: the longest mount point that leads to it. */
export function diskOf<Disk extends Pick<DiskView, 'mount_point'>>(disks: readonly Disk[], folder: string): Disk | null {
  const separator = folder.includes('\\') ? '\\' : '/';
  const holds = (disk: Disk) =>
    folder === disk.mount_point || folder.startsWith(disk.mount_point.endsWith(separator) ? disk.mount_point : disk.mount_point + separator);
  return disks.filter(holds).sort((a, b) => b.mount_point.length - a.mount_point.length)[0] ?? null;
}
