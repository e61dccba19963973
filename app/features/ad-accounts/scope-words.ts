/** What does not work without a permission, by the platforms' own names for them. */
const words: Readonly<Record<string, string>> = {
  ads_read: 'no figures can be read',
  business_management:
    'accounts that only a business manager reaches, and the business above an account, are not found',
  leads_retrieval: 'the leads of lead ads cannot be read',
  pages_show_list: 'the leads of lead ads cannot be read',
  pages_read_engagement: 'the leads of lead ads cannot be read',
  'https://www.googleapis.com/auth/adwords': 'no figures can be read',
  openid: 'two people’s access may be taken for one',
  'https://www.googleapis.com/auth/userinfo.email': 'it is not shown whose access it is',
};

/** "business_management: accounts … are not found"; a permission that we do not know is named alone. */
export function withoutScope(scope: string): string {
  const what = words[scope];
  return what ? `${scope}: without it ${what}` : scope;
}
