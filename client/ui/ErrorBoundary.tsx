import { Component, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Calm } from './Calm.tsx'

type Props = { title: string; text: string; again: string; children: ReactNode }

/** A mistake of ours in drawing the page: say so instead of showing nothing. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    const { title, text, again, children } = this.props
    if (!this.state.failed) return children
    return (
      <Calm title={title}>
        <p>{text}</p>
        <Button look="primary" onClick={() => window.location.reload()}>
          {again}
        </Button>
      </Calm>
    )
  }
}
