import { question } from '../../kernel/question.ts'

/** The green channel of what a mission is for, if one is open: its kind, and whether the patient is critically ill. */
export const greenChannelOf = question<string, { kind: string; critical: boolean } | null>(
  'dispatch.green-channel-of',
  null,
)
