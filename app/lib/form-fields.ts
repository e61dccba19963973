/** How an import's file is read, as far as a person may say it; empty means as its mapping says, or as is found out. */
export const readingFields = ['dateOrder', 'currency', 'decimal', 'delimiter', 'encoding', 'brand'] as const;

/** The names of the platform campaigns' picker in a form and in the address. */
export const pickField = 'platformCampaignId';
export const searchField = 'find';
