"""The floor in the browser: followed by everyone, asked for behind a private link, conducted by the chair."""
