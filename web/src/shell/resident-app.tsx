import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { ownDrafts } from '../kernel/draft.ts'
import { kept } from '../kernel/kept.ts'
import { bringReads, forgetReads, keepReads } from '../kernel/kept-read.ts'
import { kernelWords } from '../kernel/kernel-words.ts'
import { joinWords } from '../kernel/lazily.ts'
import { listen } from '../kernel/live.ts'
import type { ResidentModule, ResidentSession, ResidentSessionSource } from '../kernel/module.ts'
import { ownOutbox } from '../kernel/outbox.ts'
import { readCache } from '../kernel/read-cache.ts'
import { Refused, refusedFrom } from '../kernel/refused.ts'
import { meWords } from '../kernel/resident-words.ts'
import { isSessionEnded, onSessionEnd, sessionResumed } from '../kernel/session-end.ts'
import { webWords } from '../kernel/web-words.ts'
import { registerWords, useLanguage, useWords } from '../kernel/words.ts'
import { Button } from '../ui/light/button.tsx'
import { Entry } from '../ui/light/entry.tsx'
import { Sorry } from '../ui/light/known.tsx'
import { Mark } from './mark.tsx'
import { workOffline } from './offline.ts'
import { ResidentFrame } from './resident-frame.tsx'
import { keptLarge } from './resident-large.ts'

const queries = new QueryClient({
  queryCache: readCache(),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What was read stays, so that it can be kept on this device.
      gcTime: Number.POSITIVE_INFINITY,
      // Without a connection a page says so, instead of waiting without a word.
      networkMode: 'always',
      retry: (times, error) => times < 3 && error instanceof Refused && error.passing,
    },
    mutations: { networkMode: 'always' },
  },
})

const lastSession = kept<ResidentSession | null>('last-session', null)
ownOutbox(lastSession.get()?.account.id ?? null)

/** The residents' app: one thing per screen, light enough for one bar of signal. */
export function ResidentApp({ modules }: { modules: readonly ResidentModule[] }) {
  useState(() => {
    registerWords(webWords, kernelWords, meWords)
    joinWords(modules)
  })
  const into = useLanguage()
  const large = useSyncExternalStore(keptLarge.subscribe, keptLarge.get)
  useEffect(() => {
    document.documentElement.lang = into === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset.large = String(large)
  }, [into, large])
  const source = modules.find((module) => module.session)?.session
  return (
    <QueryClientProvider client={queries}>
      {source && <Gate modules={modules} source={source} />}
    </QueryClientProvider>
  )
}

function Gate({ modules, source }: { modules: readonly ResidentModule[]; source: ResidentSessionSource }) {
  const all = useQueryClient()
  const session = useQuery({
    queryKey: ['session'],
    queryFn: () => readOwn(source, all),
    staleTime: Number.POSITIVE_INFINITY,
    // Whoever was here the last time is here again, most likely; the first page does not wait for the answer.
    placeholderData: lastSession.get(),
  })
  const account = session.data?.account.id
  useEffect(() => (account ? listen(all) : undefined), [account, all])
  useEffect(() => (account ? workOffline(modules) : undefined), [account, modules])
  useEffect(() => (account ? keepReads(all, account) : undefined), [account, all])
  useEffect(() => {
    addEventListener('online', enter)
    return () => removeEventListener('online', enter)
  })
  const enter = () => void all.invalidateQueries({ queryKey: ['session'] })
  const leave = async () => {
    await source.leave()
    ownDrafts()
    lastSession.set(null)
    await forgetReads(all)
    location.assign('/me')
  }
  if (session.isError && !session.data) {
    return (
      <main className="me-door">
        <Sorry refused={refusedFrom(session.error)} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  if (!session.data) {
    const begin = () => {
      sessionResumed()
      enter()
    }
    return <SignInPage source={source} onSignedIn={begin} />
  }
  return (
    <>
      <ResidentFrame modules={modules} session={session.data} onLeave={() => void leave()} />
      <SignInAgain source={source} session={session.data} />
    </>
  )
}

/**
 * Reads the session before any page is drawn, so that no page finds the drafts of somebody else. Without a connection
 * it is the one of the last time: what is written then waits until the server is there and knows who it is.
 */
async function readOwn(source: ResidentSessionSource, queries: QueryClient): Promise<ResidentSession | null> {
  const last = lastSession.get()
  if (last) await bringReads(queries, last.account.id).catch(() => {})
  const session = await source.read().catch((error: unknown) => {
    if (last && refusedFrom(error).kind === 'unreachable') return last
    throw error
  })
  if (last && session?.account.id !== last.account.id) await forgetReads(queries)
  lastSession.set(session)
  if (session) ownDrafts(session.account.id)
  ownOutbox(session?.account.id ?? null)
  return session
}

function SignInPage({ source, onSignedIn }: { source: ResidentSessionSource; onSignedIn: () => void }) {
  const { WithoutPassword } = source
  const t = useWords(meWords)
  const web = useWords(webWords)
  return (
    <main className="me-door">
      <Mark size={56} />
      <h1>{web('product')}</h1>
      <p className="me-quiet">{t('sign-in-hint')}</p>
      <SignInForm source={source} onSignedIn={onSignedIn} />
      <Suspense>{WithoutPassword && <WithoutPassword onSignedIn={onSignedIn} />}</Suspense>
      <p className="me-quiet">{t('help')}</p>
    </main>
  )
}

function SignInForm({ source, onSignedIn }: { source: ResidentSessionSource; onSignedIn: () => void }) {
  const t = useWords(meWords)
  const [phone, setPhone] = useState('')
  const [password, setPassword] = useState('')
  const [refused, setRefused] = useState<Refused | null>(null)
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await source.signIn({ phone: phone.replace(/\s/g, ''), password })
      onSignedIn()
    } catch (error) {
      setRefused(refusedFrom(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <Entry label={t('phone')} type="tel" autoComplete="username" value={phone} onChange={setPhone} />
      <Entry
        label={t('password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Sorry refused={refused} />
      <Button type="submit" busy={busy}>
        {t('sign-in')}
      </Button>
    </form>
  )
}

/** Over the page, when the session has ended: what was typed below stays. */
function SignInAgain({ source, session }: { source: ResidentSessionSource; session: ResidentSession }) {
  const t = useWords(meWords)
  const dialog = useRef<HTMLDialogElement>(null)
  const ended = useSyncExternalStore(onSessionEnd, isSessionEnded)
  useEffect(() => {
    if (ended) dialog.current?.showModal()
    else dialog.current?.close()
  }, [ended])
  const enter = async () => {
    const next = await source.read()
    if (next?.account.id === session.account.id) sessionResumed()
    else location.reload()
  }
  return (
    <dialog ref={dialog} className="me-dialog" onCancel={(event) => event.preventDefault()}>
      <h2>{t('session-over')}</h2>
      <p className="me-quiet">{t('session-over-hint')}</p>
      {ended && <SignInForm source={source} onSignedIn={() => void enter()} />}
    </dialog>
  )
}
