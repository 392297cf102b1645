"""The addresses of the CMS, sorted by what they are for.

A role opens some areas (see ``access.roles``). An address that no area names stays closed to
everybody but superusers: an upgrade cannot open a door unseen.
"""

# --- For everybody who signs in ------------------------------------------------------------------
# The last two have no name and say "not found".
EVERYBODY = frozenset(
    """
    wagtailadmin_home wagtailadmin_account wagtailadmin_logout wagtailadmin_dismissibles
    wagtailadmin_sprite wagtailadmin_login wagtailadmin_password_reset
    wagtailadmin_password_reset_done wagtailadmin_password_reset_confirm
    wagtailadmin_password_reset_complete wagtailadmin_javascript_catalog
    wagtail_localize:javascript_catalog guide cms/test404/ cms/.*/$ session_end
    account_address
    """.split()
)
# Signing in, and what one has to sign in with: open before a second factor is set up or used.
SIGN_IN = frozenset(
    """
    wagtailadmin_login account_login wagtailadmin_logout wagtailadmin_sprite
    wagtailadmin_javascript_catalog mfa_index mfa_authenticate mfa_reauthenticate
    mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes
    mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn mfa_reauthenticate_webauthn
    mfa_remove_webauthn mfa_edit_webauthn account_reauthenticate
    """.split()
)
EVERYBODY |= SIGN_IN

# --- Areas ---------------------------------------------------------------------------------------
EXPLORER = "explorer"  # the tree, as far as a user's page permissions reach
# Edit, preview and history of pages that one may change, and what they show.
OWN_PAGES = "own pages"
SECTIONS = "sections"  # adding, copying, moving and deleting pages
PROFILES = "profiles"  # the list of one's own pages, for whoever has no tree
CHOOSERS = "choosers"  # choosing pages, pictures and documents
FILES = "files"  # the libraries of pictures and documents
SPEAKERS = "speakers"
SPEAKER_CHOICE = "speaker choice"
REGISTRATIONS = "registrations"  # of conferences: lists, mails, contributions
PARTNER_EXPORT = "partner export"
APPLICATIONS = "applications"  # to join: the list of all
REVIEW = "review"
TEXTS = "texts"  # of the translations of pages that one may change
TRANSLATION = "translation"
COVERAGE = "coverage"  # the board of all pages and languages
GLOSSARY = "glossary"  # reading it
REPORTS = "reports"
PEOPLE = "people"
SETTINGS = "settings"
CLOSED = "closed"  # for nobody: it would go round the workflow, or this site has no use for it

_NAMES = {
    EXPLORER: """
        wagtailadmin_explore_root wagtailadmin_explore wagtailadmin_explore_results
        wagtailadmin_pages:search wagtailadmin_pages:search_results wagtailadmin_api:pages:listing
        wagtailadmin_api:pages:detail wagtailadmin_api:pages:find
    """,
    OWN_PAGES: """
        wagtailadmin_pages:edit wagtailadmin_pages:preview_on_edit wagtailadmin_pages:view_draft
        wagtailadmin_pages:usage wagtailadmin_pages:revisions_index
        wagtailadmin_pages:revisions_view wagtailadmin_pages:revisions_revert
        wagtailadmin_pages:revisions_compare
        wagtailadmin_pages:workflow_history wagtailadmin_pages:workflow_history_detail
        wagtailadmin_pages:history wagtailadmin_pages:history_results
        wagtailadmin_editing_sessions:ping
        wagtailadmin_editing_sessions:release wagtailadmin_block_preview moderation_withdraw
        moderation_request wagtailadmin_api:images:detail wagtailadmin_api:documents:detail
    """,
    SECTIONS: """
        wagtailadmin_pages:add wagtailadmin_pages:preview_on_add wagtailadmin_pages:type_use
        wagtailadmin_pages:type_use_results wagtailadmin_pages:choose_parent
        wagtailadmin_pages:add_subpage wagtailadmin_pages:delete wagtailadmin_pages:unpublish
        wagtailadmin_pages:move wagtailadmin_pages:move_confirm wagtailadmin_pages:set_page_position
        wagtailadmin_pages:copy wagtailadmin_pages:lock wagtailadmin_pages:unlock
        wagtailadmin_pages:revisions_unschedule wagtail_bulk_action wagtailadmin_tag_autocomplete
        wagtailadmin_tag_model_autocomplete translation_request translation_request_many
        translation_sync translation_together
    """,
    PROFILES: """
        own_profiles:index own_profiles:index_results partner_invitations
    """,
    CHOOSERS: """
        wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search
        wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link
        wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link
        wagtailadmin_choose_page_anchor_link wagtaildocs_chooser:choose
        wagtaildocs_chooser:choose_results wagtaildocs_chooser:chosen
        wagtaildocs_chooser:chosen_multiple wagtaildocs_chooser:create wagtailimages_chooser:choose
        wagtailimages_chooser:choose_results wagtailimages_chooser:chosen
        wagtailimages_chooser:chosen_multiple wagtailimages_chooser:create
        wagtailimages_chooser:select_format
    """,
    SPEAKER_CHOICE: """
        wagtailsnippetchoosers_conferences_speaker:choose
        wagtailsnippetchoosers_conferences_speaker:choose_results
        wagtailsnippetchoosers_conferences_speaker:chosen
        wagtailsnippetchoosers_conferences_speaker:chosen_multiple
    """,
    FILES: """
        wagtaildocs:index wagtaildocs:index_results wagtaildocs:add wagtaildocs:edit
        wagtaildocs:delete wagtaildocs:add_multiple wagtaildocs:edit_multiple
        wagtaildocs:create_multiple_from_uploaded_document wagtaildocs:delete_multiple
        wagtaildocs:delete_upload_multiple wagtaildocs:document_usage wagtailimages:index
        wagtailimages:index_results wagtailimages:edit wagtailimages:delete wagtailimages:add
        wagtailimages:image_usage wagtailimages:add_multiple wagtailimages:edit_multiple
        wagtailimages:create_multiple_from_uploaded_image wagtailimages:delete_multiple
        wagtailimages:delete_upload_multiple
    """,
    SPEAKERS: """
        wagtailsnippets:index wagtailsnippets_conferences_speaker:list
        wagtailsnippets_conferences_speaker:list_results wagtailsnippets_conferences_speaker:add
        wagtailsnippets_conferences_speaker:edit wagtailsnippets_conferences_speaker:delete
        wagtailsnippets_conferences_speaker:usage wagtailsnippets_conferences_speaker:history
        wagtailsnippets_conferences_speaker:history_results
        wagtailsnippets_conferences_speaker:preview_on_add
        wagtailsnippets_conferences_speaker:preview_on_edit
        wagtailsnippets_conferences_speaker:revisions_view
        wagtailsnippets_conferences_speaker:revisions_revert
        wagtailsnippets_conferences_speaker:revisions_compare
        wagtailsnippets_conferences_speaker:revisions_unschedule
        wagtailsnippets_conferences_speaker:unpublish
        wagtailsnippets_conferences_speaker:lock wagtailsnippets_conferences_speaker:unlock
        wagtailsnippets_conferences_speaker:workflow_history
        wagtailsnippets_conferences_speaker:workflow_history_detail moderation_withdraw_snippet
        moderation_request_snippet
    """,
    REGISTRATIONS: """
        conference_desks conference_registrations conference_registrations_results conference_badges
        conference_sign_in_sheet conference_mail conference_mailing conference_registration_cancel
        conference_contributions conference_contribution conference_contribution_file
    """,
    PARTNER_EXPORT: """
        partner_export_csv partner_export_json
    """,
    APPLICATIONS: """
        applications:index applications:index_results applications:inspect
    """,
    REVIEW: """
        moderation_queue moderation_queue_results moderation_claim moderation_review
        moderation_version moderation_guest_add moderation_guest_revoke moderation_audit
        moderation_audit_results moderation_revoke wagtailadmin_pages:workflow_action
        wagtailsnippets_conferences_speaker:workflow_action partner_application
    """,
    TEXTS: """
        translation_submit translation_text translation_confirm translation_hints
        translation_alarms translation_alarm_dismiss translation_alarm_mend
        translation_texts:edit_text translation_texts:edit_override translation_texts:preview
        translation_texts:po_download translation_texts:po_upload
        translation_texts:machine_translate translation_texts:suggest translation_texts:confirm
        translation_texts:chosen
    """,
    TRANSLATION: """
        translation_request translation_request_many
        wagtailadmin_api:images:detail wagtailadmin_api:documents:detail
    """,
    COVERAGE: """
        translation_coverage translation_coverage_results
    """,
    GLOSSARY: """
        glossary:index glossary:index_results glossary:inspect
    """,
    REPORTS: """
        wagtailadmin_reports:locked_pages wagtailadmin_reports:locked_pages_results
        wagtailadmin_reports:aging_pages wagtailadmin_reports:aging_pages_results
        moderation_audit moderation_audit_results
    """,
    PEOPLE: """
        wagtailusers_users:index wagtailusers_users:index_results wagtailusers_users:add
        wagtailusers_users:edit wagtailusers_users:delete wagtailusers_users:history
        wagtailusers_users:history_results wagtailusers_users:usage second_factor_reset
    """,
    SETTINGS: """
        translation_languages translation_language_set_up
        wagtailadmin_reports:page_types_usage wagtailadmin_reports:page_types_usage_results
        wagtailadmin_reports:workflow wagtailadmin_reports:workflow_results
        wagtailadmin_reports:workflow_tasks wagtailadmin_reports:workflow_tasks_results
        wagtailadmin_reports:site_history
        wagtailadmin_reports:site_history_results wagtailadmin_workflows:index
        wagtailadmin_workflows:index_results wagtailadmin_workflows:add
        wagtailadmin_workflows:enable wagtailadmin_workflows:disable wagtailadmin_workflows:edit
        wagtailadmin_workflows:usage wagtailadmin_workflows:usage_results
        wagtailadmin_workflows:remove wagtailadmin_workflows:add_task
        wagtailadmin_workflows:select_task_type wagtailadmin_workflows:task_index
        wagtailadmin_workflows:task_index_results wagtailadmin_workflows:edit_task
        wagtailadmin_workflows:disable_task wagtailadmin_workflows:enable_task
        wagtailadmin_workflows:task_chooser wagtailadmin_workflows:task_chooser_results
        wagtailadmin_workflows:task_chooser_create
        wagtailadmin_workflows:task_chosen wagtailadmin_collections:index
        wagtailadmin_collections:add wagtailadmin_collections:edit wagtailadmin_collections:delete
        wagtailredirects:index wagtailredirects:index_results wagtailredirects:add
        wagtailredirects:edit wagtailredirects:delete wagtailredirects:start_import
        wagtailredirects:process_import wagtaillocales:index wagtaillocales:index_results
        wagtaillocales:add wagtaillocales:edit wagtaillocales:delete wagtaillocales:history
        wagtaillocales:history_results wagtaillocales:usage wagtaillocales:copy wagtailsites:index
        wagtailsites:index_results wagtailsites:add wagtailsites:edit wagtailsites:delete
        wagtailsites:history wagtailsites:history_results wagtailsites:usage wagtailsites:copy
        wagtailusers_groups:index wagtailusers_groups:index_results wagtailusers_groups:add
        wagtailusers_groups:edit wagtailusers_groups:delete wagtailusers_groups:history
        wagtailusers_groups:history_results wagtailusers_groups:usage mail mails mails_results
        mail_again
        glossary:add glossary:edit glossary:delete glossary:history glossary:history_results
        glossary:usage
    """,
    CLOSED: """
        wagtailimages:url_generator wagtailimages:url_generator_output wagtailimages:preview
        wagtailadmin_api:images:listing wagtailadmin_api:images:find
        wagtailadmin_api:documents:listing wagtailadmin_api:documents:find
        wagtailadmin_api:pages:action wagtailadmin_pages:convert_alias
        wagtailadmin_pages:set_privacy wagtailadmin_pages:workflow_preview
        wagtailadmin_pages:confirm_workflow_cancellation
        wagtailadmin_pages:collect_workflow_action_data
        wagtailsnippetchoosers_conferences_speaker:create
        wagtailsnippets_conferences_speaker:workflow_preview
        wagtailsnippets_conferences_speaker:confirm_workflow_cancellation
        wagtailsnippets_conferences_speaker:collect_workflow_action_data
        wagtailadmin_collections:set_privacy wagtailadmin_error_test wagtailembeds:chooser
        wagtailembeds:chooser_upload
        wagtail_localize:update_translations
        wagtail_localize:machine_translate wagtail_localize:stop_translation
        wagtail_localize:convert_to_alias wagtail_localize:snippets_api_listing
        wagtail_localize:snippets_api_detail
        wagtail_localize:submit_page_translation wagtail_localize:submit_snippet_translation
        wagtail_localize:edit_string_translation wagtail_localize:edit_override
        wagtail_localize:download_pofile wagtail_localize:upload_pofile
        wagtail_localize:preview_translation wagtail_localize:translations_report
        wagtail_localize:translations_report_results
    """,
}
AREAS = {area: frozenset(names.split()) for area, names in _NAMES.items()}

# One address does the same to many things at once; the kind of thing says to which area it belongs.
BULK = "wagtail_bulk_action"
BULK_AREAS = {
    ("wagtailcore", "page"): SECTIONS,
    ("uploads", "customimage"): FILES,
    ("uploads", "customdocument"): FILES,
    ("conferences", "speaker"): SPEAKERS,
    ("users", "user"): PEOPLE,
}
