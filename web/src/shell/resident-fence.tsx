import { Component, type ReactNode } from 'react'
import { isThere } from '../kernel/call.ts'
import { kept } from '../kernel/kept.ts'
import { isNotLoaded } from '../kernel/not-loaded.ts'
import { onceReached } from '../kernel/reached.ts'
import { say } from '../kernel/words.ts'
import { Button } from '../ui/light/button.tsx'

/**
 * Where a resident's page fails, the heading and the places below stay, and it can be tried again; one that could not be
 * fetched for want of a connection comes by itself when the server is back.
 */
export class ResidentFence extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(error: unknown): void {
    if (isNotLoaded(error)) void reloadWhenBack()
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div className="me-sorry" role="alert">
        <p>{say(isNotLoaded(error) ? 'web.refused.unreachable' : 'web.shell.broken')}</p>
        <Button quiet onClick={() => location.reload()}>
          {say('me.again')}
        </Button>
      </div>
    )
  }
}

const reloaded = kept('reloaded', { path: '', at: 0 })
const AGAIN_MS = 60_000

/** Loads the page again as soon as the server is there; once, as a file may be missing there too. */
async function reloadWhenBack(): Promise<void> {
  const { pathname } = location
  const { path, at } = reloaded.get()
  if (path === pathname && Date.now() - at < AGAIN_MS) return
  const reload = () => {
    reloaded.set({ path: pathname, at: Date.now() })
    location.reload()
  }
  if (await isThere()) reload()
  else onceReached(reload)
}
