import PlatformMessages
import Primitives

/// Holds what we have accepted of a month, by supplier, against what the platform has. Pure.
struct StatementComparison {
    /// What differences begin with: `statement 2026-11` and, where it is so, `of agreed volumes`.
    let name: String
    let ours: [PlatformStatementLine]

    func subject(of supplier: String) -> String { "\(name), supplier \(supplier)" }

    func differences(to theirs: [PlatformStatementLine]) -> [OrderComparison.Found] {
        let (ours, theirs) = (Self.sums(ours), Self.sums(theirs))
        return Set(ours.keys).union(theirs.keys).sorted().flatMap { supplier -> [OrderComparison.Found] in
            let (left, right) = (ours[supplier] ?? Sum(), theirs[supplier] ?? Sum())
            let subject = subject(of: supplier)
            func found(_ kind: Difference.Kind) -> OrderComparison.Found {
                OrderComparison.Found(kind: kind, subject: subject, ours: left.text, theirs: right.text)
            }
            if left == right { return [] }
            if right.invoices == 0 { return [found(.missingThere)] }
            if left.invoices == 0 { return [found(.missingHere)] }
            return [found(left.invoices == right.invoices ? .price : .quantity)]
        }
    }

    private struct Sum: Equatable {
        var invoices: Int64 = 0
        var amount = Money.zero
        var text: String { "\(invoices) invoices, \(amount)" }
    }

    /// A supplier may stand on several lines.
    private static func sums(_ lines: [PlatformStatementLine]) -> [String: Sum] {
        lines.reduce(into: [:]) { sums, line in
            sums[line.supplier, default: Sum()].invoices += line.invoices
            sums[line.supplier, default: Sum()].amount += line.amount
        }
    }
}
