/** What a form of contracts offers, in its order; plain values, so that a page carries no schema for them. */

export const contractStatuses = ['DRAFT', 'SENT', 'SIGNED', 'TERMINATED'] as const;
export const exclusivityTypes = ['NONE', 'CATEGORY', 'PLATFORM', 'FULL'] as const;

/** What a contract is today; ENDING: it ends within 30 days. */
export const contractStates = [
  'DRAFT',
  'SENT',
  'NOT_BEGUN',
  'IN_FORCE',
  'ENDING',
  'ENDED',
  'TERMINATED',
] as const;

export const usageChannels = [
  'ORGANIC_SOCIAL',
  'PAID_SOCIAL',
  'WEBSITE',
  'EMAIL',
  'TELEVISION',
  'OUT_OF_HOME',
  'PRINT',
  'RETAIL',
] as const;

/** Three permissions, none of which stands for another; of PAID_SOCIAL alone. */
export const adPermissions = ['PARTNERSHIP_AD', 'ALLOWLISTING', 'SPARK_CODE'] as const;

/** Of the signed file. */
export const MAX_CONTRACT_FILE_BYTES = 20 * 1024 * 1024;
export const contractFileTypes = {
  'application/pdf': 'PDF',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
} as const;
