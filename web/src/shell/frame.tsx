import { Outlet, useLocation } from '@tanstack/react-router'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { kept } from '../kernel/kept.ts'
import type { StaffModule } from '../kernel/module.ts'
import { To, useGo } from '../kernel/route.tsx'
import { hearKeys, useShortcut } from '../kernel/shortcut.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { Fence } from './fence.tsx'
import { Mark } from './mark.tsx'
import { Navigation } from './navigation.tsx'
import { PhoneNavigation } from './phone-navigation.tsx'
import { Shortcuts } from './shortcuts.tsx'
import { TopBar } from './top-bar.tsx'

const keptFold = kept('folded', false)

/** What stands around every page: navigation, top bar, keyboard. */
export function Frame({ modules }: { modules: readonly StaffModule[] }) {
  const t = useWords(webWords)
  const go = useGo()
  const folded = useSyncExternalStore(keptFold.subscribe, keptFold.get)
  const online = useSyncExternalStore(onLine, () => navigator.onLine)
  const [help, setHelp] = useState(false)
  const path = useLocation({ select: ({ pathname }) => pathname })
  useEffect(hearKeys, [])
  useShortcut(
    '?',
    t('key.help'),
    useCallback(() => setHelp(true), []),
  )
  useShortcut(
    'h',
    t('key.home'),
    useCallback(() => go('/'), [go]),
  )
  return (
    <>
      <a className="tm-skip" href="#main">
        {t('shell.skip')}
      </a>
      <div className="tm-frame" data-folded={folded}>
        <To to="/" className="tm-mark" aria-label={t('shell.home')}>
          <Mark size={26} />
          <span>{t('product')}</span>
        </To>
        <header className="tm-top">
          <TopBar onHelp={() => setHelp(true)} />
        </header>
        <Navigation modules={modules} folded={folded} onFold={() => keptFold.set(!folded)} />
        <PhoneNavigation modules={modules} />
        <main className="tm-main" id="main" tabIndex={-1}>
          {!online && (
            <p className="tm-offline" role="status">
              {t('shell.offline')}
            </p>
          )}
          <Fence key={path}>
            <Outlet />
          </Fence>
        </main>
      </div>
      <Shortcuts open={help} onClose={() => setHelp(false)} />
    </>
  )
}

function onLine(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
