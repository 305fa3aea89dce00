import { Button } from '@mantine/core'
import { Download } from 'lucide-react'

/** Saves what an address answers with as a file. */
export function DownloadButton({ href, label }: { href: string; label: string }) {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      leftSection={<Download size={16} aria-hidden />}
    >
      {label}
    </Button>
  )
}
