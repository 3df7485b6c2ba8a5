public import PlatformMessages
import Postgres
public import Primitives

/// What came of asking a platform.
public enum PlatformFound: Sendable, Hashable {
    /// Every row, to the last page.
    case rows([PlatformRow])
    /// It could not be asked to the end, for this reason.
    case failed(String)
}

extension Dispatcher {
    /// Asks an account's platform for something, every page of it, for those who hold their own documents against it.
    ///
    /// - Throws: ``PlatformExchangeRefusal`` when the consortium has no account there.
    public func ask(_ question: PlatformQuestion, at platform: String, of consortium: ConsortiumID) async throws -> PlatformFound {
        let account = try await database.read(as: consortium.tenant) { try AccountsStore($0, consortium).account(at: platform) }
        var rows: [PlatformRow] = []
        do {
            let outcome = try await Asking(line: line(consortium, account)).ask(question) { rows += $0.rows }
            switch outcome {
            case .through: return .rows(rows)
            case .unknown: return .rows([])
            case .failed(let reason, _): return .failed(reason)
            }
        } catch let untellable as PlatformUntellable {
            return .failed("\(untellable)")
        } catch let failure as AccessTokens.Failure {
            return .failed(failure.reason)
        }
    }
}
