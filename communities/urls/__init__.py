"""Addresses of communities, events, initiatives, collaborations and コミプラ. The fixed ones are a contract.

One module for each part; they are joined here in one namespace.
"""
