import { App } from 'antd'
import { useCallback } from 'react'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

interface Asked {
  readonly label: string
  readonly run: () => void
  readonly confirm?: string
  readonly danger?: boolean
}

/** Runs an act, after a question where it has one: `confirm({ label: '撤回', confirm: '对方将不再看到这张转诊单', danger: true, run })`. */
export function useConfirm(): (act: Asked) => void {
  const t = useWords(webWords)
  const { modal } = App.useApp()
  return useCallback(
    ({ label, run, confirm, danger = false }) => {
      if (!confirm) return run()
      void modal.confirm({
        title: `${label}？`,
        content: confirm,
        okText: label,
        okButtonProps: { danger },
        cancelText: t('act.cancel'),
        autoFocusButton: danger ? 'cancel' : 'ok',
        onOk: run,
      })
    },
    [modal, t],
  )
}
