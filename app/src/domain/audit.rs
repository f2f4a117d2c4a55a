//! The audit trail (审计记录): who did what, when, from where, on which object, with which result (domain 7.3).

use super::coded::coded;

coded! {
    /// What was done at the desk. A new act is one line here and its words in `text::desk::deed`.
    Deed {
        /// Name and password
        SignIn = "sign_in",
        /// The second factor
        SecondFactor = "second_factor",
        /// Left
        SignOut = "sign_out",
        /// A session of one's own ended from elsewhere
        SessionEnd = "session_end",
        /// A page or act that one's roles don't allow
        Access = "access",
        /// A password chosen with a set-up link
        SetUp = "set_up",
        /// A password changed
        PasswordChange = "password_change",
        /// A second factor enrolled
        SecondFactorEnrol = "second_factor_enrol",
        /// A second factor taken away
        SecondFactorRemove = "second_factor_remove",
        /// New recovery codes
        RecoveryCodes = "recovery_codes",
        /// An account made
        AccountAdd = "account_add",
        /// A new set-up link: password, second factor and sessions of the account ended
        AccountReset = "account_reset",
        /// Roles changed
        AccountRoles = "account_roles",
        /// Locked by an administrator
        AccountLock = "account_lock",
        /// Unlocked by an administrator
        AccountUnlock = "account_unlock",
        /// A publication begun
        PublicationBegin = "publication_begin",
        /// Its draft kept
        PublicationSave = "publication_save",
        /// A file added to it
        PublicationAttach = "publication_attach",
        /// Its table of samples read
        PublicationTable = "publication_table",
        /// Submitted for approval
        PublicationSubmit = "publication_submit",
        /// Taken back by its writers
        PublicationTakeBack = "publication_take_back",
        /// Given back by a reviewer
        PublicationReturn = "publication_return",
        /// Approved
        PublicationApprove = "publication_approve",
        /// Its public act set to a time
        PublicationSchedule = "publication_schedule",
        /// A correction, withdrawal or removal begun
        PublicationOpen = "publication_open",
        /// Open work dropped
        PublicationDiscard = "publication_discard",
        /// A public act done
        PublicationPerform = "publication_perform",
        /// Removed because its time was over
        PublicationExpire = "publication_expire",
        /// A request for correction or a reply came in
        ObjectionReceive = "objection_receive",
        /// The operator said more
        ObjectionSupplement = "objection_supplement",
        /// The operator took it back
        ObjectionWithdraw = "objection_withdraw",
        /// The officer asked for more
        ObjectionAsk = "objection_ask",
        /// A reply proposed for publication
        ObjectionPropose = "objection_propose",
        /// A request for correction accepted
        ObjectionAccept = "objection_accept",
        /// Refused
        ObjectionRefuse = "objection_refuse",
        /// A reply made public
        ObjectionConfirm = "objection_confirm",
        /// A proposed reply given back
        ObjectionReturn = "objection_return",
        /// A public reply taken down
        ObjectionTakeDown = "objection_take_down",
        /// Contact data of an operator unmasked
        ObjectionReveal = "objection_reveal",
        /// A complaint or report came in
        CaseReceive = "case_receive",
        /// A step in a case; which one stands in the detail
        CaseAct = "case_act",
        /// Names and telephones of a case unmasked
        CaseReveal = "case_reveal",
        /// Number and state at the national platform noted
        CaseNational = "case_national",
        /// The calendar of a year loaded
        CalendarLoad = "calendar_load",
        /// A closed complaint proposed for publication, confirmed, given back, taken down
        CasePublic = "case_public",
        /// A step of a vote or survey; which one stands in the detail
        PollAct = "poll_act",
        /// A result linked to what it led to: proposed, confirmed, taken away
        PollLink = "poll_link",
        /// A camera written; never where it leads
        CameraSave = "camera_save",
        /// A camera made public
        CameraShow = "camera_show",
        /// Taken from the public
        CameraHide = "camera_hide",
        /// Deleted with its history
        CameraDelete = "camera_delete",
        /// Looked at once
        CameraTry = "camera_try",
        /// What is known of an operator corrected
        OperatorEdit = "operator_edit",
        /// An operator merged into another
        OperatorMerge = "operator_merge",
        /// A merge undone
        OperatorUndo = "operator_undo",
        /// A doubtful match decided
        OperatorDoubt = "operator_doubt",
        /// The audit trail exported
        AuditExport = "audit_export",
        /// Entries older than the law and the settings ask for taken away
        AuditPrune = "audit_prune",
    }
}

coded! {
    /// What came of it.
    Outcome {
        /// Done
        Ok = "ok",
        /// Not allowed
        Refused = "refused",
        /// Tried, and wrong
        Failed = "failed",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_read_back() {
        let codes: BTreeSet<_> = Deed::ALL.iter().map(|deed| deed.code()).collect();
        assert_eq!(codes.len(), Deed::ALL.len());
        assert!(Deed::ALL.iter().all(|deed| Deed::from_code(deed.code()) == Some(*deed)));
        assert!(Outcome::ALL.iter().all(|outcome| Outcome::from_code(outcome.code()) == Some(*outcome)));
    }
}
