"""What proves the record to somebody who trusts nobody here: hashes, trees and signed notes."""
