"""What a client base is: records, enumerations, stages and gates, and how a book is read as one."""
