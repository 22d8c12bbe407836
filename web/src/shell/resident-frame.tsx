import {
  type ComponentType,
  createContext,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'
import { lazily } from '../kernel/lazily.ts'
import type { ResidentModule, ResidentPage, ResidentSession } from '../kernel/module.ts'
import { meWords } from '../kernel/resident-words.ts'
import { backSmall, goSmall, paramsOf, SmallLink, SmallParams, useSmallPath } from '../kernel/small-route.tsx'
import { webWords } from '../kernel/web-words.ts'
import { setLanguage, useLanguage, useSay, useWords } from '../kernel/words.ts'
import { Aloud } from '../ui/light/aloud.tsx'
import { Block, Row } from '../ui/light/block.tsx'
import { Button } from '../ui/light/button.tsx'
import { ResidentFence } from './resident-fence.tsx'
import { keptLarge } from './resident-large.ts'
import { WaitingNote } from './waiting.tsx'

/** The bar below has room for so many pages between home and oneself; the others are left by the way back. */
const MOST_TABS = 3

const ResidentContext = createContext<ResidentSession | null>(null)

interface ResidentFrameProps {
  readonly modules: readonly ResidentModule[]
  readonly session: ResidentSession
  readonly onLeave: () => void
}

/** What stands around every page of a resident: a heading above, four or five places below. */
export function ResidentFrame({ modules, session, onLeave }: ResidentFrameProps) {
  const t = useWords(meWords)
  const say = useSay()
  const path = useSmallPath()
  const shown = useMemo(() => pagesOf(modules), [modules])
  const pages = useMemo(() => [...shown.keys()], [shown])
  const cards = useMemo(() => cardsOf(modules, 'cards'), [modules])
  const own = useMemo(() => cardsOf(modules, 'own'), [modules])
  const large = useSyncExternalStore(keptLarge.subscribe, keptLarge.get)
  const open = pages.flatMap((page) => {
    const params = paramsOf(page.path, path)
    return params ? [{ page, params }] : []
  })[0]
  const Page = open && shown.get(open.page)
  const tabs = pages
    .flatMap(({ path: to, title, tab }) => (tab ? [{ to, title, ...tab }] : []))
    .sort((a, b) => a.order - b.order)
    .slice(0, MOST_TABS)
  const isTab = path === '/' || path === '/mine' || tabs.some(({ to }) => to === path)
  const title = useTitle(path, open?.page, session.account.name)
  const heading = useHeading(path, title)
  return (
    <ResidentContext.Provider value={session}>
      <header className="me-head">
        {!isTab && (
          <button type="button" onClick={backSmall}>
            {t('back')}
          </button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </header>
      <main id="main" className="me-main">
        <WaitingNote />
        <ResidentFence key={path}>
          <Suspense fallback={<p className="me-quiet">{t('loading')}</p>}>
            {path === '/' && <Cards cards={cards} />}
            {path === '/mine' && <Mine cards={own} onLeave={onLeave} />}
            {Page && (
              <SmallParams value={open.params}>
                <Page />
              </SmallParams>
            )}
            {!Page && !isTab && <Button onClick={() => goSmall('/')}>{t('home')}</Button>}
            {(path === '/' || (large && Page)) && <Aloud />}
          </Suspense>
        </ResidentFence>
      </main>
      <nav className="me-tabs">
        <Tab to="/" sign="家" label={t('home')} path={path} />
        {tabs.map(({ to, title: long, label = long, sign }) => (
          <Tab key={to} to={to} sign={sign} label={say(label)} path={path} />
        ))}
        <Tab to="/mine" sign="我" label={t('mine')} path={path} />
      </nav>
    </ResidentContext.Provider>
  )
}

/** What stands above the page: a greeting, the page's own title, or that there is none. */
function useTitle(path: string, page: ResidentPage | undefined, name: string): string {
  const t = useWords(meWords)
  const say = useSay()
  if (path === '/') return t('hello', { name })
  if (path === '/mine') return t('mine')
  return page ? say(page.title) : t('no-page')
}

/** A new page begins at its heading for who hears it or goes by keyboard, and is named in the window. */
function useHeading(path: string, title: string) {
  const web = useWords(webWords)
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(path)
  useEffect(() => {
    document.title = `${title} · ${web('product')}`
    if (shown.current !== path) heading.current?.focus({ preventScroll: true })
    shown.current = path
  }, [path, title, web])
  return heading
}

/** Who is signed in, and whom they stand for. */
export function useResident(): ResidentSession {
  const session = useContext(ResidentContext)
  if (!session) throw new Error('no session: pages stand inside the frame')
  return session
}

/** Each page with what draws it, made once. */
const pagesOf = (modules: readonly ResidentModule[]): Map<ResidentPage, ComponentType> =>
  new Map(modules.flatMap((module) => (module.pages ?? []).map((page) => [page, lazily(module, page.load)])))

/** Made outside of what waits for them: what waits forgets everything it made, and would wait for ever. */
const cardsOf = (modules: readonly ResidentModule[], of: 'cards' | 'own'): ComponentType[] =>
  modules
    .flatMap((module) => (module[of] ?? []).map((card) => ({ module, ...card })))
    .sort((a, b) => (a.order ?? 50) - (b.order ?? 50))
    .map(({ module, load }) => lazily(module, load))

/** Each card comes when it is there; one that is slow or broken holds up no other. */
function Cards({ cards }: { cards: readonly ComponentType[] }) {
  const t = useWords(meWords)
  if (cards.length === 0) return <p className="me-quiet">{t('nothing')}</p>
  return cards.map((Card, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the cards are fixed when the app starts
    <Suspense key={i} fallback={null}>
      <Card />
    </Suspense>
  ))
}

function Mine({ cards, onLeave }: { cards: readonly ComponentType[]; onLeave: () => void }) {
  const t = useWords(meWords)
  const into = useLanguage()
  const { account } = useResident()
  const large = useSyncExternalStore(keptLarge.subscribe, keptLarge.get)
  return (
    <>
      <Block>
        <Row title={account.name} detail={t('signed-in-as')} />
      </Block>
      <Cards cards={cards} />
      <Block>
        <button
          type="button"
          role="switch"
          aria-checked={large}
          className="me-row"
          onClick={() => keptLarge.set(!large)}
        >
          <span>
            <b>{t('large')}</b>
          </span>
          <i className="me-switch" aria-hidden="true" />
        </button>
        <button type="button" className="me-row" onClick={() => setLanguage(into === 'zh' ? 'en' : 'zh')}>
          <span>
            <b>{t('language')}</b>
          </span>
        </button>
      </Block>
      <Button quiet onClick={onLeave}>
        {t('sign-out')}
      </Button>
    </>
  )
}

function Tab({ to, sign, label, path }: { to: string; sign: string; label: string; path: string }) {
  const here = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)
  return (
    <SmallLink to={to} {...(here ? { 'aria-current': 'page' as const } : {})}>
      <i aria-hidden="true">{sign}</i>
      <span>{label}</span>
    </SmallLink>
  )
}
