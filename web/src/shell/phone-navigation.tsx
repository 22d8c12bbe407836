import { AppstoreOutlined, CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type MouseEvent, type ReactNode, type RefObject, useRef } from 'react'
import type { NavigationEntry, StaffModule } from '../kernel/module.ts'
import { To } from '../kernel/route.tsx'
import { useMay } from '../kernel/session.tsx'
import { webWords } from '../kernel/web-words.ts'
import { setLanguage, useLanguage, useSay, useWords } from '../kernel/words.ts'
import { setBrightness, useBrightness } from '../ui/theme.ts'
import { atHand } from './at-hand.ts'
import { useEntries } from './navigation.tsx'

/** On a phone: the first pages of one's work in a bar under the thumb, all others in a sheet that comes up from it. */
export function PhoneNavigation({ modules }: { modules: readonly StaffModule[] }) {
  const t = useWords(webWords)
  const { groups, current } = useEntries(modules)
  const sheet = useRef<HTMLDialogElement>(null)
  const near = atHand(
    groups.flatMap(({ entries }) => entries),
    useMay(),
  )
  const isNear = current === undefined || near.some((entry) => entry === current)
  const open = () => sheet.current?.showModal()
  const close = () => sheet.current?.close()
  return (
    <nav className="tm-thumb" aria-label={t('shell.navigation')}>
      {near.map((entry) => (
        <Entry key={entry.path} entry={entry} current={entry === current} />
      ))}
      <button type="button" aria-haspopup="dialog" data-here={!isNear} onClick={open}>
        <AppstoreOutlined aria-hidden="true" />
        <span>{t('shell.all')}</span>
      </button>
      <Sheet sheet={sheet} onClose={close}>
        {groups.map(({ group, entries }) => (
          <section key={group}>
            <h2>{t(`group.${group}`)}</h2>
            <ul>
              {entries.map((entry) => (
                <li key={entry.path}>
                  <Entry entry={entry} current={entry === current} onClick={close} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Sheet>
    </nav>
  )
}

interface SheetProps {
  readonly sheet: RefObject<HTMLDialogElement | null>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Comes up from below, goes by its button, by touching beside it, or with Escape. */
function Sheet({ sheet, onClose, children }: SheetProps) {
  const t = useWords(webWords)
  const into = useLanguage()
  const brightness = useBrightness()
  const other = brightness === 'dark' ? 'light' : 'dark'
  const beside = ({ target, currentTarget }: MouseEvent) => target === currentTarget && onClose()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes by Escape of itself
    <dialog ref={sheet} className="tm-sheet" aria-label={t('shell.all')} onClick={beside}>
      <div>
        {children}
        <footer>
          <Button type="text" onClick={() => setLanguage(into === 'zh' ? 'en' : 'zh')}>
            {t('shell.language')}
          </Button>
          <Button type="text" onClick={() => setBrightness(other)}>
            {t(`shell.${other}`)}
          </Button>
          <Button type="text" icon={<CloseOutlined />} onClick={onClose}>
            {t('act.close')}
          </Button>
        </footer>
      </div>
    </dialog>
  )
}

interface EntryProps {
  readonly entry: NavigationEntry
  readonly current: boolean
  readonly onClick?: () => void
}

function Entry({ entry, current, onClick }: EntryProps) {
  const say = useSay()
  const { icon: Icon } = entry
  return (
    <To
      to={entry.path}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      {...(onClick ? { onClick } : {})}
    >
      {Icon ? <Icon aria-hidden="true" /> : <b aria-hidden="true">{say(entry.label).slice(0, 1)}</b>}
      <span>{say(entry.label)}</span>
    </To>
  )
}
