"""The pages for people: what each shows, in English and Arabic, drawn from the own graphs held in memory."""
