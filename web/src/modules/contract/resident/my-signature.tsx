import { contractApi } from '@tongmai/api/contract'
import { useState } from 'react'
import { keepFile } from '../../../kernel/kept-file.ts'
import { type Refused, refusedFrom } from '../../../kernel/refused.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Sorry } from '../../../ui/light/known.tsx'
import { SignPad } from '../../../ui/light/sign-pad.tsx'
import { myContractWords } from './words.ts'

/** How somebody has signed: by what was drawn, which waits on the phone without a connection, or by a code. */
export type MySign =
  | { readonly kind: 'drawn'; readonly hash: string }
  | { readonly kind: 'sms'; readonly code: string }

interface MySignatureProps {
  readonly onChange: (signed: MySign | null) => void
}

/** Signing on the phone: with a finger, or with the code that comes to one's own number. */
export function MySignature({ onChange }: MySignatureProps) {
  const t = useWords(myContractWords)
  const [kind, setKind] = useState<MySign['kind']>('drawn')
  const choose = (next: MySign['kind']) => {
    setKind(next)
    onChange(null)
  }
  return (
    <Block title={t('apply.sign-by')}>
      <Choices
        name={t('apply.sign-by')}
        value={kind}
        options={[
          { value: 'drawn', label: t('apply.sign-drawn') },
          { value: 'sms', label: t('apply.sign-sms'), detail: t('apply.sign-sms-hint') },
        ]}
        onChange={(next) => choose(next === 'sms' ? 'sms' : 'drawn')}
      />
      {kind === 'drawn' ? <Drawn onChange={onChange} /> : <Code onChange={onChange} />}
    </Block>
  )
}

function Drawn({ onChange }: MySignatureProps) {
  const t = useWords(myContractWords)
  const [refused, setRefused] = useState<Refused | null>(null)
  const keep = async (picture: File | null) => {
    onChange(null)
    setRefused(null)
    if (!picture) return
    try {
      onChange({ kind: 'drawn', hash: await keepFile(picture) })
    } catch (error) {
      setRefused(refusedFrom(error))
    }
  }
  return (
    <>
      <SignPad
        label={t('apply.sign')}
        clearLabel={t('apply.clear')}
        onChange={(picture) => void keep(picture)}
      />
      <Sorry refused={refused} />
    </>
  )
}

const CODE = /^\d{6}$/

function Code({ onChange }: MySignatureProps) {
  const t = useWords(myContractWords)
  const [code, setCode] = useState('')
  const send = useWrite(contractApi.sendMyCode)
  const type = (typed: string) => {
    const next = typed.replace(/\D/g, '').slice(0, 6)
    setCode(next)
    onChange(CODE.test(next) ? { kind: 'sms', code: next } : null)
  }
  return (
    <>
      <Button quiet busy={send.isPending} onClick={() => send.mutate({})}>
        {t(send.data ? 'apply.code-again' : 'apply.code-send')}
      </Button>
      <Sorry refused={send.error} />
      {send.data && <p role="status">{t('apply.code-sent', { phone: send.data.phoneMasked })}</p>}
      <Entry
        label={t('apply.code')}
        type="number"
        autoComplete="one-time-code"
        value={code}
        onChange={type}
      />
    </>
  )
}
