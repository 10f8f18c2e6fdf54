"""A 招商目录 as a document to print: its outline, and from it Word and PDF after GB/T 9704-2012."""
