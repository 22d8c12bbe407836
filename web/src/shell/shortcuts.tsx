import { Modal } from 'antd'
import { useShortcuts } from '../kernel/shortcut.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

/** The overlay behind `?`: what the keys do on this page now. */
export function Shortcuts({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(webWords)
  const shortcuts = useShortcuts()
  const latest = new Map(shortcuts.map((one) => [one.key, one]))
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shell.shortcuts')} width={420}>
      <div className="tm-keys">
        {[...latest.values()].map(({ key, label }) => (
          <div key={key} style={{ display: 'contents' }}>
            <kbd>{key}</kbd>
            <span>{label}</span>
          </div>
        ))}
      </div>
    </Modal>
  )
}
