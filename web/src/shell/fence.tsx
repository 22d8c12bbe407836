import { Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { isNotLoaded } from '../kernel/not-loaded.ts'
import { say } from '../kernel/words.ts'
import { Nothing } from '../ui/nothing.tsx'

/** Where a page fails, the rest of the app stays; the person is told that nothing typed is lost. */
export class Fence extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    return error === undefined ? this.props.children : <Broken error={error} />
  }
}

/** What stands in the place of a page that failed. */
export function Broken({ error }: { error?: unknown }) {
  const away = isNotLoaded(error)
  const title = say(away ? 'web.refused.unreachable' : 'web.shell.broken')
  return (
    <Nothing title={title} hint={away ? undefined : say('web.shell.broken-hint')}>
      <Button type="primary" onClick={() => location.reload()}>
        {say('web.shell.reload')}
      </Button>
    </Nothing>
  )
}
