import { Component, type ReactNode } from 'react'
import { isNotLoaded } from '../kernel/not-loaded.ts'
import { say } from '../kernel/words.ts'
import { Button } from '../ui/light/button.tsx'

/** Where a resident's page fails, the heading and the places below stay, and it can be tried again. */
export class ResidentFence extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
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
