"""What measures the endpoint beside its peers: data of any size, questions, servers, load, tables."""
