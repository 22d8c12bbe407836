import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Modal, Spin } from 'antd'
import { type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react'
import { ownDrafts } from '../kernel/draft.ts'
import { listen } from '../kernel/live.ts'
import type { Session, SessionSource } from '../kernel/module.ts'
import { refusedFrom } from '../kernel/refused.ts'
import { SessionProvider } from '../kernel/session.tsx'
import { isSessionEnded, onSessionEnd, sessionResumed } from '../kernel/session-end.ts'
import { webWords } from '../kernel/web-words.ts'
import { setLanguage, useLanguage, useWords } from '../kernel/words.ts'
import { RefusalNote } from '../ui/tell.tsx'
import { DoorPicture } from './door-picture.tsx'
import { SourceProvider } from './source.tsx'

/** Nobody passes unknown: shows the sign-in until there is a session, then the app, live. */
export function Door({ source, children }: { source: SessionSource; children: ReactNode }) {
  const t = useWords(webWords)
  const queries = useQueryClient()
  const session = useQuery({
    queryKey: ['session'],
    queryFn: () => readOwn(source),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const enter = () => void queries.invalidateQueries({ queryKey: ['session'] })
  const { SignIn, ChangePassword } = source
  if (session.isPending) return <Spin fullscreen description={t('shell.loading')} />
  if (session.isError && !session.data) {
    return (
      <DoorPage title={t('product')}>
        <RefusalNote refused={refusedFrom(session.error)} onRetry={() => void session.refetch()} />
      </DoorPage>
    )
  }
  if (!session.data) {
    return (
      <DoorPage title={t('act.sign-in')}>
        <SignIn onSignedIn={enter} />
      </DoorPage>
    )
  }
  if (session.data.mustChangePassword) {
    return (
      <DoorPage title={t('shell.change-password')}>
        <ChangePassword onChanged={enter} />
      </DoorPage>
    )
  }
  return (
    <SessionProvider value={session.data}>
      <SourceProvider value={source}>
        <Live account={`${session.data.account.id} ${session.data.institution?.id}`} />
        {children}
        <SignInAgain source={source} session={session.data} />
      </SourceProvider>
    </SessionProvider>
  )
}

/** Reads the session before any page is drawn, so that no page finds the drafts of somebody else. */
async function readOwn(source: SessionSource): Promise<Session | null> {
  const session = await source.read()
  if (session) ownDrafts(session.account.id)
  return session
}

/** The page around the sign-in form. */
function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  const t = useWords(webWords)
  const into = useLanguage()
  return (
    <div className="tm-door">
      <DoorPicture />
      <main className="tm-door-form">
        <Button
          className="tm-door-language"
          type="text"
          onClick={() => setLanguage(into === 'zh' ? 'en' : 'zh')}
        >
          {t('shell.language')}
        </Button>
        <div>
          <h2>{title}</h2>
          <Suspense>{children}</Suspense>
        </div>
      </main>
    </div>
  )
}

/** Listens for as long as the same person acts for the same institution. */
function Live({ account }: { account: string }) {
  const queries = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account or institution hears other things
  useEffect(() => listen(queries), [queries, account])
  return null
}

/** The dialog over a page whose session ended. Whoever else signs in gets a fresh page. */
function SignInAgain({ source, session }: { source: SessionSource; session: Session }) {
  const t = useWords(webWords)
  const queries = useQueryClient()
  const ended = useSyncExternalStore(onSessionEnd, isSessionEnded)
  const enter = async () => {
    const next = await source.read()
    if (next?.account.id !== session.account.id) return location.reload()
    if (session.institution && next.institution?.id !== session.institution.id) {
      await source.actFor(session.institution.id)
    }
    void queries.invalidateQueries({ queryKey: ['session'] })
    sessionResumed()
  }
  return (
    <Modal
      open={ended}
      title={t('shell.session-over')}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <p style={{ marginBottom: 16 }}>{t('shell.session-over-hint')}</p>
      <Suspense>
        <source.SignIn onSignedIn={() => void enter()} again={session} />
      </Suspense>
    </Modal>
  )
}
