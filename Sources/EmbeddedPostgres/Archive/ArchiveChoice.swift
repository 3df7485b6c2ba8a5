/// What a start does about the archive of a cluster's log.
public enum ArchiveChoice: Sendable, Equatable {
    /// As at the last start; at first, no archive.
    case asBefore
    /// No archive from now on. What is archived stays where it is.
    case none
    /// The log is kept in this directory. A directory that does not exist is made, its parent is not.
    case directory(String)
}
