// Which disk a folder is on.
import type { DiskView } from '../ipc/generated';

/** The disk that holds a folder: the longest mount point that leads to it. */
export function diskOf(disks: readonly DiskView[], folder: string): DiskView | null {
  const separator = folder.includes('\\') ? '\\' : '/';
  const holds = (disk: DiskView) =>
    folder === disk.mount_point || folder.startsWith(disk.mount_point.endsWith(separator) ? disk.mount_point : disk.mount_point + separator);
  return disks.filter(holds).sort((a, b) => b.mount_point.length - a.mount_point.length)[0] ?? null;
}
