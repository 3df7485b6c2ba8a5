public import Curl

extension CurlConfiguration {
    /// For dispatchers: how many requests are under way is bounded by each account's loop, and none waits in the client after its claim
    /// has begun to run.
    public static var ofDispatchers: CurlConfiguration {
        var configuration = CurlConfiguration()
        configuration.perServerMax = 1_024
        configuration.totalMax = 4_096
        return configuration
    }
}
