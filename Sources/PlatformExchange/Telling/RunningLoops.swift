import Primitives
import Synchronization

/// The loops that run, by whose account they are for.
final class RunningLoops: Sendable {
    struct Key: Hashable, Sendable {
        let consortium: ConsortiumID
        let platform: String
    }

    private let loops = Mutex<[Key: (account: RegisteredAccount, masking: Masking, loop: AccountLoop)]>([:])

    /// Whether the account has no loop; one of an account or of secrets that have changed since is stopped.
    func isNew(_ key: Key, _ account: RegisteredAccount, _ masking: Masking) -> Bool {
        guard let old = loops.withLock({ $0[key] }), !old.loop.state.isStopping else { return true }
        guard old.account != account || old.masking != masking else { return false }
        old.loop.stop()
        return true
    }

    func add(_ loop: AccountLoop, for key: Key, _ account: RegisteredAccount, _ masking: Masking) {
        loops.withLock { $0[key] = (account, masking, loop) }
    }

    /// Wakes the loops of a consortium, or all of them.
    func ring(_ consortium: ConsortiumID?) {
        let rung = loops.withLock { loops in loops.filter { consortium == nil || $0.key.consortium == consortium }.map(\.value.loop)
        }
        for loop in rung { loop.bell.yield() }
    }
}
